package dev.opskit.verification.benchmarks.secrets;

import java.time.Duration;

/** One of the two libraries, with a store behind it. Reading throws whatever the library throws. */
interface Subject extends AutoCloseable {
  /** How many times it asks again in a day while the service reads all the time. */
  int TTLS_A_DAY = 288;

  /** The text of a secret. */
  String read(String id);

  /** The same by a name that is looked up, in a cache that has room for one. */
  String readOneOfMany(String id);

  /** The password in a secret that is JSON. */
  String password(String id);

  /** User and password, read before something happens and used after it. */
  String pairHeldOver(String id, Runnable happens);

  /** Lets the time pass after which the store is asked again; if it hangs, nobody waits here. */
  void passTtl();

  /** Lets a time pass where the clock can be turned. */
  void pass(Duration time);

  /** Has the store asked now. */
  void refresh(String id) throws Exception;

  /** Logs in as the library's guide says. */
  void logIn(String id, LoginCounter database) throws Exception;

  @Override
  void close();
}
