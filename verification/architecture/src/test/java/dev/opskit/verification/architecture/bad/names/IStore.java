package dev.opskit.verification.architecture.bad.names;

interface IStore {}
