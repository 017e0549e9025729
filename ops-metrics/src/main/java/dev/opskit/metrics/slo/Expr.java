package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.util.List;

/** A PromQL expression. Immutable. */
sealed interface Expr permits Selector, Expr.Number, Expr.Call, Expr.Aggregate, Expr.Binary {
  /** On one line. */
  String text();

  /** With a line for each part of the outermost and, or, unless. */
  default String lines() {
    return text();
  }

  static Expr number(BigDecimal value) {
    return new Number(value);
  }

  static Expr number(long value) {
    return new Number(BigDecimal.valueOf(value));
  }

  static Expr call(String function, Expr... arguments) {
    return new Call(function, List.of(arguments));
  }

  /** The increase of counters over the window of the selector, summed by labels. */
  static Expr increase(Selector counters, String... by) {
    return call("increase", counters).sum(by);
  }

  default Expr sum(String... by) {
    return new Aggregate("sum", List.of(by), this);
  }

  default Expr max(String... by) {
    return new Aggregate("max", List.of(by), this);
  }

  default Expr count(String... by) {
    return new Aggregate("count", List.of(by), this);
  }

  /** With an operator of PromQL, which may carry its matching, like {@code or on (job)}. */
  default Expr op(String operator, Expr right) {
    return new Binary(this, operator, right);
  }

  default Expr and(Expr right) {
    return op("and", right);
  }

  default Expr or(Expr right) {
    return op("or", right);
  }

  /** A number, written out exactly. */
  record Number(BigDecimal value) implements Expr {
    @Override
    public String text() {
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
  }

  /** A function. */
  record Call(String function, List<Expr> arguments) implements Expr {
    @Override
    public String text() {
      return function + "(" + String.join(", ", arguments.stream().map(Expr::text).toList()) + ")";
    }
  }

  /** An aggregation over everything, or by labels. */
  record Aggregate(String operator, List<String> by, Expr of) implements Expr {
    @Override
    public String text() {
      String labels = by.isEmpty() ? "" : " by (" + String.join(", ", by) + ") ";
      return operator + labels + "(" + of.text() + ")";
    }
  }

  /** An operator; whatever it combines is put in parentheses, so nobody has to know precedences. */
  record Binary(Expr left, String operator, Expr right) implements Expr {
    @Override
    public String text() {
      return first(left.text()) + " " + operator + " " + grouped(right);
    }

    @Override
    public String lines() {
      return operator.matches("(and|or|unless)\\b.*")
          ? first(left.lines()) + "\n" + operator + " " + grouped(right)
          : text();
    }

    /** PromQL's operators lean to the left, so a chain of the same one needs no parentheses. */
    private String first(String text) {
      boolean isChain = left instanceof Binary inner && inner.operator.equals(operator);
      return left instanceof Binary && !isChain ? "(" + left.text() + ")" : text;
    }

    private static String grouped(Expr expr) {
      return expr instanceof Binary ? "(" + expr.text() + ")" : expr.text();
    }
  }
}
