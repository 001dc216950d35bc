using System.Diagnostics;
using Autopay.Samples.Generator;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>
/// Whole cities: the machine's time zone does not matter (I20), and generated ones hold every invariant.
/// </summary>
public sealed class CitiesTests
{
    [Fact]
    [Trait("Layer", "L1")]
    public async Task F43_the_machine_s_time_zone_changes_nothing()
    {
        var reports = await Task.WhenAll(
            ((string[])["UTC", "Pacific/Auckland", "America/Chicago"]).Select(ReportAsync)
        );
        Assert.All(reports, report => Assert.Equal(reports[0], report));
        Assert.Contains("\"collectedCents\": 946990", reports[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_generated_city_of_300_accounts_holds_every_invariant(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("city");
        CityGenerator
            .Generate(
                new()
                {
                    Accounts = 300,
                    Seed = seed,
                    Months = 2 + (seed % 3),
                }
            )
            .WriteTo(folder.FullName);
        var city = await Played.FromAsync(folder.FullName);
        folder.Delete(recursive: true);
        Assert.Empty(city.Failures);
        Assert.Equal(300, city.Report.Accounts.Count);
        Assert.All(
            city.Report.Accounts.SelectMany(account => account.Bills),
            bill => Assert.Equal(bill.ChargesCents, bill.CollectedCents + bill.PaidElsewhereCents + bill.OpenCents)
        );
        Assert.Equal(0, city.Report.Counts.DoubleCharges);
    }

    private static async Task<string> ReportAsync(string timeZone)
    {
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Autopay.exe" : "Autopay")
        )
        {
            ArgumentList = { "rehearse", Drills.FolderOf("cape-girardeau-2020"), "--report", file },
            RedirectStandardOutput = true,
        };
        start.Environment["TZ"] = timeZone;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var report = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        Assert.Equal(0, process.ExitCode);
        return output + report;
    }
}
