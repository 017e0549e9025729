package dev.opskit.examples.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** The orders in PostgreSQL. Thread-safe as far as its data source is. */
final class OrderStore {
  private static final String COLUMNS = "id, item, quantity, amount, placed_at";

  private final DataSource database;

  OrderStore(DataSource database) {
    this.database = database;
  }

  void createSchema() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS orders (
            id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            item      text NOT NULL,
            quantity  integer NOT NULL CHECK (quantity > 0),
            amount    numeric(12, 2) NOT NULL CHECK (amount > 0),
            placed_at timestamptz NOT NULL DEFAULT now()
          )\
          """);
    }
  }

  Order insert(NewOrder order) throws SQLException {
    String sql =
        "INSERT INTO orders (item, quantity, amount) VALUES (?, ?, ?) RETURNING " + COLUMNS;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, order.item());
      statement.setInt(2, order.quantity());
      statement.setBigDecimal(3, order.amount());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return order(row);
      }
    }
  }

  Optional<Order> find(long id) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM orders WHERE id = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(order(row)) : Optional.empty();
      }
    }
  }

  List<Order> newest(int limit) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM orders ORDER BY id DESC LIMIT ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, limit);
      List<Order> orders = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          orders.add(order(row));
        }
      }
      return orders;
    }
  }

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getLong("id"),
        Objects.requireNonNull(row.getString("item")),
        row.getInt("quantity"),
        Objects.requireNonNull(row.getBigDecimal("amount")),
        row.getObject("placed_at", OffsetDateTime.class).toInstant());
  }
}
