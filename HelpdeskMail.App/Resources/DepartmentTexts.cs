namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the page of departments and queues.</summary>
public sealed class DepartmentTexts;
