package dev.opskit.verification.architecture.bad.spi;

interface AllowedHidden {}
