/** The deployment files of the reference service, held against what reads them. */
@NullMarked
package dev.opskit.verification.integration.deploy;

import org.jspecify.annotations.NullMarked;
