using Autopay.Application.Ports.Books;
using Autopay.Rehearsal;
using Autopay.Rehearsal.Input;

namespace Autopay.Tests.Rules.Rehearsal;

/// <summary>A rehearsal that was played in this process.</summary>
internal sealed record Played(
    RehearsalReport Report,
    IReadOnlyList<string> Failures,
    IReadOnlyList<string> Lines,
    IReadOnlyList<HistoryRow> History,
    RehearsalWorld World
)
{
    /// <param name="meddle">Is called after each step, with the world as it then is.</param>
    public static async Task<Played> FromAsync(string folder, Action<RehearsalWorld>? meddle = null)
    {
        var timeline = TimelineFile.Read(folder);
        var world = new RehearsalWorld(timeline);
        List<string> lines = [];
        var result = await RehearsalRun.PlayAsync(
            timeline,
            folder,
            world,
            line =>
            {
                lines.Add(line);
                meddle?.Invoke(world);
            }
        );
        return new Played(result.Report, result.Failures, lines, world.Ledgers.HistoryOf(new AccountId("A1")), world);
    }

    public ReportAccount Account => Report.Accounts.Single(account => account.Account == "A1");

    public ReportBill Bill(string bill) => Account.Bills.Single(it => it.Bill == bill);

    public ReportDebit Debit(int number) => Account.Debits[number - 1];

    public ReportCycle Cycle(string dueDate) =>
        Report.Cycles.Single(cycle => cycle.DueDate.ToString("yyyy-MM-dd", null) == dueDate);

    /// <summary>When, in the city, an event of this kind happened to account A1.</summary>
    public IEnumerable<string> When<T>()
        where T : LedgerEvent =>
        History
            .SelectMany(row => row.Events.OfType<T>().Select(_ => World.City.At(row.Authority.At)))
            .Select(at => $"{at.Today:yyyy-MM-dd} {at.TimeOfDay:HH:mm}");
}
