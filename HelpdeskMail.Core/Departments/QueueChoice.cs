namespace HelpdeskMail.Core.Departments;

public sealed record QueueChoice(long Id, string Name, string Color, string Department);
