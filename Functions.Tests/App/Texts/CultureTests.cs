using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Autopay.Application.Texts;
using Autopay.Hosting;
using Autopay.Imports;
using Autopay.Tests.App.Imports;
using Autopay.Tests.Fixtures.Ledger;

namespace Autopay.Tests.App.Texts;

/// <summary>
/// Words have a language, files and amounts have none. Turkish has another i and Spanish another decimal comma: what
/// reads a culture by mistake reads it wrongly there.
/// </summary>
public sealed class CultureTests
{
    public static TheoryData<string> Foreign => ["es", "tr-TR", "de-DE"];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Files_are_read_alike_whatever_the_machine_speaks(string culture)
    {
        var file = Csv.File(
            ImportKind.Bills,
            "B-1,ID-1,1,2020-01-08,2020-01-22,2020-01-29,1006.75,0.00,1006.75",
            "B-2,ID-2,1,2020-01-08,2020-01-22,2020-01-29,41.20,-5.00,36.20"
        );
        string Read() => JsonSerializer.Serialize(Csv.Rows(ImportKind.Bills, file).Select(RowContent.Of));

        Assert.Equal(Read(), In(culture, Read));
        Assert.Contains("100675", Read(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Amounts_ids_and_days_are_written_alike_whatever_the_machine_speaks(string culture) =>
        Assert.Equal(
            ("-1234.05", "A-1-1-0007", "stale-feed-2020-01-22", "$1,234.05", "miércoles 22 de enero de 2020"),
            In(
                culture,
                () =>
                    (
                        new Money(-123_405).ToString(),
                        new DebitId(new AccountId("A-1"), 1, 7).Value,
                        StaleFeeds.IdOf(new DateOnly(2020, 1, 22)).Value,
                        Words.Amount(new Money(123_405)),
                        Words.Spanish.Day(new DateOnly(2020, 1, 22))
                    )
            )
        );

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_debit_is_decided_and_told_alike_whatever_the_machine_speaks(string culture)
    {
        Assert.Equal(Story(), In(culture, Story));

        static string Story()
        {
            var account = AccountScenario
                .GivenAnAccount()
                .WhenABillIsImported("jan", 123_405)
                .WhenFinanceHolds("jan")
                .WhenFinanceClears()
                .WhenTheRunComesFor("jan");
            return string.Join('\n', account.LastEvents.Select(it => it.Reason).Append(account.Debit(1).Reason));
        }
    }

    [Fact]
    public void The_app_has_no_culture_of_its_own()
    {
        var (culture, thread) = (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("es");
            Cultures.Prepare();
            Assert.Equal(
                (CultureInfo.InvariantCulture, CultureInfo.InvariantCulture, CultureInfo.InvariantCulture),
                (
                    CultureInfo.CurrentCulture,
                    CultureInfo.DefaultThreadCurrentCulture,
                    CultureInfo.DefaultThreadCurrentUICulture
                )
            );
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (culture, thread);
        }
    }

    [Fact]
    public async Task Without_ICU_the_app_does_not_start_and_says_why_in_one_sentence()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Words).Assembly.Location, "rehearse", "none"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        };
        using var app = Process.Start(start)!;
        var said = await app.StandardError.ReadToEndAsync();
        await app.WaitForExitAsync();

        Assert.Equal(
            (2, "Spanish dates need ICU: install libicu, and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset."),
            (app.ExitCode, said.Trim())
        );
    }

    private static T In<T>(string culture, Func<T> act)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return act();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
