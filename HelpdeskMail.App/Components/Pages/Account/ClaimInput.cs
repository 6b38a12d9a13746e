using System.ComponentModel.DataAnnotations;

namespace HelpdeskMail.App.Components.Pages.Account;

public sealed class ClaimInput
{
    [Required(ErrorMessage = "Enter your name.")]
    [StringLength(200)]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(256)]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Choose a password.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords differ.")]
    public string Repeat { get; set; } = "";
}
