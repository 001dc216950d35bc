using Autopay.Imports;
using Autopay.Rehearsal;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>What a finance director reads.</summary>
public sealed class ReportTextTests
{
    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(5, "$0.05")]
    [InlineData(100_000, "$1,000.00")]
    [InlineData(123_456_789, "$1,234,567.89")]
    [InlineData(-1_500, "-$15.00")]
    [InlineData(long.MinValue, "-$92,233,720,368,547,758.08")]
    public void Dollars_have_thousands_separators_and_two_places(long cents, string text) =>
        Assert.Equal(text, ReportText.Dollars(cents));

    [Fact]
    public async Task The_table_s_columns_are_aligned_for_small_and_large_amounts()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22", "9999999.00")
            .Bill("B2", "2020-02-19", "0.60", previous: "9999999.00");
        var lines = ReportText.Table((await drill.PlayAsync()).Report).Skip(1).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Single(lines.Select(line => line.Length).Distinct());
        Assert.EndsWith("  $9,999,999.00", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_is_told_in_words_and_its_bills_add_up()
    {
        using var drill = new Drill()
            .Account("A0")
            .Account()
            .Bill("B1", "2020-01-22")
            .Hold("2020-01-21T09:00", "2020-01-22", "2020-02-05")
            .Pay("2020-02-18T17:00", "20.00")
            .Clear("2020-02-20T10:00");
        var output = (await Rehearse.RunAsync(drill.Write(), account: "A1")).Output;
        Assert.Contains(
            "  2020-01-21 09:00  debit #1 deferred           held by 'outage': cashier down",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  2020-02-20 10:00  debit #1 submitted          30.00 submitted to the bank",
            output,
            StringComparison.Ordinal
        );
        Assert.Matches(@"\n  B1 +2020-01-22 +\$50\.00 +\$20\.00 +\$30\.00 +\$0\.00\n", output.ReplaceLineEndings("\n"));
        Assert.DoesNotMatch("(Debit|Attempt|Funds|Bill|Account)[A-Z]", output);
    }

    [Fact]
    public void Every_event_has_a_name()
    {
        var kinds = typeof(LedgerEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LedgerEvent)))
            .ToList();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.NotEmpty(Sample(kind).Title()));
    }

    [Fact]
    public async Task Without_a_choice_the_story_is_of_the_account_that_the_outage_touched_most()
    {
        var run = await Rehearse.RunAsync(Drills.FolderOf("cape-girardeau-2020"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "The story of account 10-0004\n",
            run.Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains("36.40 submitted to the bank", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_line_names_what_was_not_applied()
    {
        using var drill = new Drill()
            .Account()
            .Bill("B1", "2020-01-22")
            .Import(
                "2020-01-14T09:00",
                ImportKind.Payments,
                "P1,A1,1250.00,cash,,2020-01-14,",
                "P2,A9,7.00,cash,,2020-01-14,"
            )
            .Import(
                "2020-01-15T09:00",
                ImportKind.Payments,
                "P1,A1,1.00,cash,,2020-01-14,",
                "P2,A9,7.00,cash,,2020-01-14,"
            );
        var lines = (await drill.PlayAsync()).Lines.Select(line => line.ReplaceLineEndings("\n").Split('\n')).ToList();
        Assert.Equal(
            "2020-01-14 09:00  import    file-2.csv: 2 rows, $1,257.00; 1 of an unknown account",
            lines[^2][0]
        );
        Assert.Equal(
            "2020-01-15 09:00  import    file-3.csv: 2 rows, $8.00; 1 of an unknown account; 1 in conflict",
            lines[^1][0]
        );
        Assert.Equal(
            "                            line 2, account A1, P1: Payment P1 came again with other content. "
                + "Stored: payment P1: 1250.00 by cash, received 2020-01-14. The file: "
                + "payment P1: 1.00 by cash, received 2020-01-14",
            lines[^1].Single(line => line.Contains("P1", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_rehearsal_without_accounts_has_no_story()
    {
        using var drill = new Drill().Step("2020-01-14T09:00", "halt");
        var run = await Rehearse.RunAsync(drill.Write());
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("story", run.Output, StringComparison.Ordinal);
    }

    // Events are records whose parameters may be anything but the ones that a name shows.
    private static LedgerEvent Sample(Type kind)
    {
        var parameters = kind.GetConstructors()
            .Single(it => it.GetParameters().Length > 0 && it.GetParameters()[0].ParameterType != kind)
            .GetParameters();
        var debit = new Debit
        {
            Id = default,
            DueDate = default,
            Lines = [],
            Reason = "",
            ScheduledOn = default,
        };
        var attempt = new Attempt
        {
            Debit = default,
            Number = 1,
            Amount = default,
            Lines = [],
            Customer = "",
            PaymentMethod = "",
            KeyAt = default,
            TouchedAt = default,
        };
        var refund = new Refund
        {
            Debit = default,
            Number = 1,
            RequestId = "",
            Kind = default,
            Amount = default,
            Why = "",
            RequestedOn = default,
            KeyAt = default,
            TouchedAt = default,
        };
        return (LedgerEvent)
            Activator.CreateInstance(
                kind,
                [
                    .. parameters.Select(parameter =>
                        parameter.ParameterType == typeof(Debit) ? debit
                        : parameter.ParameterType == typeof(Attempt) ? attempt
                        : parameter.ParameterType == typeof(Refund) ? refund
                        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
                        : null
                    ),
                ]
            )!;
    }
}
