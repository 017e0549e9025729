package dev.opskit.verification.architecture.bad.statics;

import java.util.ArrayList;
import java.util.List;

final class ShowsAList {
  public static final List<String> ShowsAListS = new ArrayList<>();
}
