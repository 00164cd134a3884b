package io.stockhub.routes.stockout;

import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.routes.pump.Gathering;
import io.stockhub.stock.Reservation;
import java.util.Collection;
import java.util.function.Consumer;

/** A channel that sold something shows less already, before we tell it: what we expect there goes down with it. */
public final class OwnSales implements OrderIntake.OrderNews {
    private final Channels channels;
    private final Gathering<ListingStore.Sale> sales;
    private final ChannelStates states;

    /** @param changed told the SKUs whose numbers have to be worked out anew */
    public OwnSales(
            Channels channels, ListingStore listings, ChannelStates states, Consumer<Collection<String>> changed) {
        this.channels = channels;
        this.sales = new Gathering<>(sold -> changed.accept(listings.sold(sold)));
        this.states = states;
    }

    @Override
    public void taken(String channelId, Reservation reservation) {
        boolean lowers = channels.find(channelId).filter(Channel::lowersItsOwn).isPresent();
        sales.add(reservation.lines().stream()
                .map(line -> new ListingStore.Sale(channelId, line.sku(), line.quantity(), lowers))
                .toList());
        states.orderTaken(channelId);
    }
}
