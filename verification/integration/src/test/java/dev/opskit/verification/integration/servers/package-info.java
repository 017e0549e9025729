/** One service behind each server adapter: what its clients and its operators see is the same. */
@NullMarked
package dev.opskit.verification.integration.servers;

import org.jspecify.annotations.NullMarked;
