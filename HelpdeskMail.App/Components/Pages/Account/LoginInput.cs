using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

public sealed class LoginInput
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}
