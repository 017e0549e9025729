/** What users put into the test scope: contracts for implementers of an SPI, and fakes. */
@NullMarked
package dev.opskit.testkit;

import org.jspecify.annotations.NullMarked;
