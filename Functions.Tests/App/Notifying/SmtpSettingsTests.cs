using System.ComponentModel.DataAnnotations;
using Autopay.Mailing;

namespace Autopay.Tests.App.Notifying;

/// <summary>A mail server that is set but half is a mistake, and no silent change to letters.</summary>
public sealed class SmtpSettingsTests
{
    [Theory]
    [InlineData("", "", "", 0)]
    [InlineData("mail.example", "notices@city.example", "", 0)]
    [InlineData("mail.example", "City of Example <notices@city.example>", "answers@city.example", 0)]
    [InlineData("mail.example", "", "", 1)]
    [InlineData("mail.example", "notices at city", "", 1)]
    [InlineData("mail.example", "notices@city.example", "no address", 1)]
    [InlineData("mail.example", "", "no address", 2)]
    public void The_app_starts_only_with_addresses_that_can_be_written_to(
        string host,
        string from,
        string replyTo,
        int problems
    )
    {
        var options = new SmtpOptions
        {
            Host = host,
            From = from,
            ReplyTo = replyTo,
        };
        List<ValidationResult> found = [];
        Validator.TryValidateObject(options, new ValidationContext(options), found, validateAllProperties: true);
        Assert.Equal(problems, found.Count);
    }
}
