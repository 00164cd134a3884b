package io.stockhub.routes.stockout;

import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.stock.Reservation;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** A channel that sold something shows less already, before we tell it: what we expect there goes down with it. */
public final class OwnSales implements OrderIntake.OrderNews {
    private final Channels channels;
    private final ListingStore listings;
    private final ChannelStates states;
    private final Consumer<Collection<String>> changed;

    /** @param changed told the SKUs whose numbers have to be worked out anew */
    public OwnSales(
            Channels channels, ListingStore listings, ChannelStates states, Consumer<Collection<String>> changed) {
        this.channels = channels;
        this.listings = listings;
        this.states = states;
        this.changed = changed;
    }

    @Override
    public void taken(String channelId, Reservation reservation) {
        boolean lowers = channels.find(channelId).filter(Channel::lowersItsOwn).isPresent();
        for (Reservation.Line line : reservation.lines()) {
            if (listings.sold(channelId, line.sku(), line.quantity(), lowers)) {
                changed.accept(List.of(line.sku()));
            }
        }
        states.orderTaken(channelId);
    }
}
