using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

/// <summary>The rules' messages are names of texts (<see cref="Resources.AccountTexts"/>).</summary>
public sealed class LoginInput
{
    [Required(ErrorMessage = "Email.Missing")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Password.Missing")]
    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}
