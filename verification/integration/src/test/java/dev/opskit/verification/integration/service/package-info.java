/** The reference service as a process of its own. */
@NullMarked
package dev.opskit.verification.integration.service;

import org.jspecify.annotations.NullMarked;
