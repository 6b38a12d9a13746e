using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>The rules' messages are names of texts (<see cref="Resources.AccountTexts"/>).</summary>
public sealed class PasswordInput
{
    [Required(ErrorMessage = "Present.Missing")]
    public string Present { get; set; } = "";

    [Required(ErrorMessage = "Password.Choose")]
    [StringLength(128, ErrorMessage = "Password.Long")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "Repeat.Differs")]
    public string Repeat { get; set; } = "";
}
