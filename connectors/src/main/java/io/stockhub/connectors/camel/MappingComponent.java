package io.stockhub.connectors.camel;

import io.stockhub.mapping.Mappings;
import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * The Camel component {@code mapping:SYSTEM/ACTION}: replaces the body, JSON text, by what the mapping makes of it. A
 * mapping that fails throws {@link io.stockhub.mapping.MappingException}.
 */
public final class MappingComponent extends DefaultComponent {

    public static final String SCHEME = "mapping";

    private final Mappings mappings;

    public MappingComponent(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new MappingEndpoint(uri, this, remaining);
    }

    @UriEndpoint(
            firstVersion = "0.1.0",
            scheme = SCHEME,
            title = "Mapping",
            syntax = "mapping:name",
            producerOnly = true,
            category = Category.TRANSFORMATION)
    private static final class MappingEndpoint extends DefaultEndpoint {

        @UriPath(description = "SYSTEM/ACTION")
        private final String name;

        private final MappingComponent component;

        MappingEndpoint(String uri, MappingComponent component, String name) {
            super(uri, component);
            this.component = component;
            this.name = name;
        }

        @Override
        public boolean isRemote() {
            return false;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    String input = exchange.getMessage().getBody(String.class);
                    exchange.getMessage().setBody(component.mappings.apply(name, input));
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("mapping:" + name + " is a step, it gives no messages");
        }
    }
}
