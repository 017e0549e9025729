package dev.opskit.examples.orders;

import dev.opskit.examples.orders.Payments.PaymentFailedException;
import dev.opskit.metrics.Amount;
import dev.opskit.metrics.Operation;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.Slo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an order: the critical business operation of this service, declared once in three lines.
 */
final class Checkout {
  private static final Logger logger = LoggerFactory.getLogger(Checkout.class);

  /** What is thrown for an order that cannot be taken as it is. */
  static final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;

    RejectedException(List<String> problems) {
      super(String.join("; ", problems));
    }
  }

  private final Operation orders;
  private final Amount paid;
  private final Payments payments = new Payments();
  private final OrderStore store;

  Checkout(OpsMetrics metrics, OrderStore store) {
    this.store = store;
    this.orders =
        metrics
            .operation("orders_processed", "Orders handled by checkout.")
            .outcomes("ok", "rejected", "failed")
            .bad("failed")
            .slo(Slo.success("99.9"), Slo.latency("99", Duration.ofMillis(500)))
            .register();
    this.paid = metrics.amount("payment_amount_dollars", "Payment amounts in dollars.").register();
  }

  Order place(NewOrder order) throws RejectedException, PaymentFailedException, SQLException {
    Operation.Timing timing = orders.start();
    String outcome = "failed";
    try {
      List<String> problems = order.problems();
      if (!problems.isEmpty()) {
        outcome = "rejected";
        logger.atInfo().addKeyValue("problems", problems.size()).log("order rejected");
        throw new RejectedException(problems);
      }
      payments.charge(order);
      paid.record(order.amount());
      Order placed = store.insert(order);
      outcome = "ok";
      logger.atInfo().addKeyValue("orderId", placed.id()).log("order placed");
      return placed;
    } catch (PaymentFailedException e) {
      logger.error("the payment failed, the order is not placed", e);
      throw e;
    } finally {
      timing.stop(outcome);
    }
  }
}
