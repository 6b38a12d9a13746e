namespace HelpdeskMail.Tests;

/// <summary>A mailbox of the rig: its address is also its login name.</summary>
public sealed record RigUser(string Address, string Password);
