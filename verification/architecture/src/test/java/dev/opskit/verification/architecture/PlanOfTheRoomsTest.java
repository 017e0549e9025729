package dev.opskit.verification.architecture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class PlanOfTheRoomsTest {
  @Test
  void everyRoomKnowsOnlyWhatThePlanAllows() {
    House.assertHolds(PlanOfTheRooms.keptBelow("dev.opskit"));
  }

  @Test
  void whoeverKnowsMoreIsRejected() {
    House.assertRejects(PlanOfTheRooms.keptBelow(House.seededName("rooms")), "rooms");
  }
}
