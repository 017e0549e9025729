/** The walls of the house: rules over the published modules, each seen to reject a violation. */
@NullMarked
package dev.opskit.verification.architecture;

import org.jspecify.annotations.NullMarked;
