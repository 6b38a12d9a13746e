using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>The rules' messages are names of texts (<see cref="Resources.AccountTexts"/>).</summary>
public sealed class ClaimInput
{
    [Required(ErrorMessage = "Name.Missing")]
    [StringLength(200, ErrorMessage = "Name.Long")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Email.Missing")]
    [EmailAddress(ErrorMessage = "Email.Invalid")]
    [StringLength(256, ErrorMessage = "Email.Long")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Password.Choose")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "Repeat.Differs")]
    public string Repeat { get; set; } = "";
}
