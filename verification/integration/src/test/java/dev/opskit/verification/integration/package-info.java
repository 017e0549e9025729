/** Tests against real servers, each a process that the test starts and stops itself. */
@NullMarked
package dev.opskit.verification.integration;

import org.jspecify.annotations.NullMarked;
