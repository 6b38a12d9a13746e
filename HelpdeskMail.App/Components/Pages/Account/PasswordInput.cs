using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

public sealed class PasswordInput
{
    [Required(ErrorMessage = "Enter your present password.")]
    public string Present { get; set; } = "";

    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, ErrorMessage = "At most 128 characters.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords differ.")]
    public string Repeat { get; set; } = "";
}
