using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>Triggers, Rehearsal, Hosting → Storage, Payments → Application → Imports → Domain.</summary>
public sealed partial class RoomsTests
{
    [Theory]
    [InlineData(
        "Domain",
        "Azure|Stripe|Microsoft|Autopay.Application|Autopay.Storage|Autopay.Payments|Autopay.Imports|Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal|System.Threading"
    )]
    [InlineData(
        "Application",
        "Azure|Stripe|Microsoft|Autopay.Storage|Autopay.Payments|Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal"
    )]
    [InlineData(
        "Imports",
        "Azure|Stripe|Microsoft|Autopay.Application|Autopay.Storage|Autopay.Payments|Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal"
    )]
    [InlineData("Storage", "Stripe|Autopay.Payments|Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal")]
    [InlineData("Payments", "Azure|Autopay.Storage|Autopay.Hosting|Autopay.Triggers|Autopay.Rehearsal")]
    [InlineData("Triggers", "Azure|Stripe|Autopay.Storage|Autopay.Payments|Autopay.Rehearsal")]
    [InlineData("Rehearsal", "Azure|Stripe|Autopay.Storage|Autopay.Payments|Autopay.Triggers")]
    public void A_room_names_only_the_rooms_below_it(string room, string forbidden)
    {
        var pattern = new Regex(
            $@"^(global )?using (static )?({forbidden})\b|\b(?<![\w.])(Azure|Stripe)\.[A-Z]\w+",
            RegexOptions.Multiline
        );
        var own = room switch
        {
            "Storage" => "Azure.",
            "Payments" => "Stripe.",
            _ => "(none)",
        };

        var offenders = SourceTree
            .Sources($"Functions/{room}")
            .SelectMany(path => pattern.Matches(Code(SourceTree.Read(path))).Select(match => $"{path}: {match.Value}"))
            .Where(offence => !offence.Contains(own, StringComparison.Ordinal));

        Assert.Empty(offenders);
    }

    [Fact]
    public void The_domain_has_no_clock_no_tasks_and_no_logs() =>
        Assert.DoesNotContain(
            SourceTree.Sources("Functions/Domain"),
            path => ImpurePattern().IsMatch(Code(SourceTree.Read(path)))
        );

    // Comments may name anything.
    private static string Code(string text) => CommentPattern().Replace(text, "");

    [GeneratedRegex(@"\b(Task|TimeProvider|ILogger|HttpClient|Guid\.NewGuid|Random)\b")]
    private static partial Regex ImpurePattern();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentPattern();
}
