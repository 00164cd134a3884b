package io.stockhub.routes.stockout;

import io.stockhub.routes.channel.Channel;
import io.stockhub.routes.channel.ChannelStates;
import io.stockhub.routes.channel.Channels;
import io.stockhub.routes.orders.OrderIntake;
import io.stockhub.stock.Reservation;

/** A channel that sold something shows less already, before we tell it: what we expect there goes down with it. */
public final class OwnSales implements OrderIntake.OrderNews {
    private final Channels channels;
    private final ListingStore listings;
    private final ChannelStates states;

    public OwnSales(Channels channels, ListingStore listings, ChannelStates states) {
        this.channels = channels;
        this.listings = listings;
        this.states = states;
    }

    @Override
    public void taken(String channelId, Reservation reservation) {
        if (channels.find(channelId).filter(Channel::lowersItsOwn).isPresent()) {
            for (Reservation.Line line : reservation.lines()) {
                listings.lowerExpected(channelId, line.sku(), line.quantity());
            }
        }
        states.orderTaken(channelId);
    }
}
