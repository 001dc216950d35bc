using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal;

/// <summary>
/// <c>rehearse FOLDER [--report FILE] [--account ID]</c>: exit code 0 when all holds, 1 when not, 2 when the input is
/// wrong.
/// </summary>
public static class RehearseCommand
{
    private static readonly JsonSerializerOptions ReportJson = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "The folder with timeline.json and the CSV files that it names",
        };
        var report = new Option<string?>("--report") { Description = "Write the whole report as JSON to this file" };
        var account = new Option<string?>("--account")
        {
            Description = "Tell the story of this account (default: one that the outage touched in most ways)",
        };
        var command = new Command("rehearse", "Play a city's outage with a virtual clock and a bank without a network")
        {
            folder,
            report,
            account,
        };
        command.SetAction(
            (parsed, _) =>
                RunAsync(
                    parsed.GetValue(folder)!,
                    parsed.GetValue(report),
                    parsed.GetValue(account),
                    Console.Out,
                    Console.Error
                )
        );
        return command;
    }

    public static async Task<int> RunAsync(
        string folder,
        string? reportFile,
        string? account,
        TextWriter output,
        TextWriter errors
    )
    {
        try
        {
            var timeline = TimelineFile.Read(folder);
            await using var world = new RehearsalWorld(timeline);
            var result = await RehearsalRun.PlayAsync(timeline, folder, world, line => output.WriteLine(line));
            Print(result, world, account, output);
            await WriteReportAsync(result.Report, reportFile);

            foreach (var failure in result.Failures)
            {
                await errors.WriteLineAsync(failure);
            }

            await output.WriteLineAsync(
                result.Failures.Count == 0
                    ? "All invariants and expectations hold."
                    : $"{result.Failures.Count} failed."
            );
            return result.Failures.Count == 0 ? 0 : 1;
        }
        catch (RehearsalInputException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    private static async Task WriteReportAsync(RehearsalReport report, string? file)
    {
        try
        {
            await (
                file is null
                    ? Task.CompletedTask
                    : File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, ReportJson))
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RehearsalInputException($"--report: {failure.Message}");
        }
    }

    private static void Print(RehearsalResult result, RehearsalWorld world, string? account, TextWriter output)
    {
        IReadOnlyList<HistoryRow> HistoryOf(ReportAccount it) => world.Ledgers.HistoryOf(new AccountId(it.Account));
        var report = result.Report;
        var chosen = account is null
            ? StoryChoice.Pick(report.Accounts, it => [.. HistoryOf(it).SelectMany(row => row.Events)])
            : report.Accounts.FirstOrDefault(it => it.Account == account)
                ?? throw new RehearsalInputException($"--account: there is no account {account}.");
        var story = chosen is null ? [] : ReportText.Story(chosen, HistoryOf(chosen), world.City);
        foreach (
            var line in (string[])
                [
                    "",
                    .. ReportText.Table(report),
                    "",
                    .. story,
                    "",
                    .. ReportText.Totals(report),
                    "",
                    ReportText.Invariants(report),
                ]
        )
        {
            output.WriteLine(line);
        }
    }
}
