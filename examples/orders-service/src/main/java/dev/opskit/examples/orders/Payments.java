package dev.opskit.examples.orders;

/** Stands in for the payment provider; it cannot sell gift cards. */
final class Payments {
  /** What is thrown when the provider does not answer as it should. */
  static final class PaymentFailedException extends Exception {
    private static final long serialVersionUID = 1;

    PaymentFailedException(String message) {
      super(message);
    }
  }

  void charge(NewOrder order) throws PaymentFailedException {
    if ("gift card".equals(order.item())) {
      throw new PaymentFailedException("the payment provider does not answer for gift cards");
    }
  }
}
