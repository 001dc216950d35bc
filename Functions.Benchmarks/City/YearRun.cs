using Autopay.Application.Ports.Messages;
using Autopay.Benchmarks.Cloud;
using Autopay.Benchmarks.World;

namespace Autopay.Benchmarks.City;

/// <summary>What a month's debits needed.</summary>
public sealed record MonthCounts(int Month, int Debits, IReadOnlyDictionary<string, Usage> Phases);

/// <summary>Those of the months with an outage, and of all the others, several together.</summary>
public sealed record YearCounts(IReadOnlyList<MonthCounts> Outages, IReadOnlyList<MonthCounts> Quiet);

/// <summary>
/// A city lives through months: billed, charged on the due date, settled. In the first one, after six and after twelve
/// its cycle is held, cleared, planned and released, so that they can be compared. The others are compared year by
/// year: what closed long ago leaves the ledgers every few months.
/// </summary>
public sealed class YearRun
{
    private const int Months = 12;
    private const string Living = "billing, charging and settling";

    /// <summary>By then what is kept beside a ledger for the bank's late word is as much as it ever is.</summary>
    private const int Settled = 6;
    private static readonly DateOnly Start = new(2020, 1, 8);
    private readonly BenchmarkWorld world;
    private readonly PromptBank bank;
    private readonly CityPlay play;
    private readonly BooksFill books;

    private YearRun(BenchmarkWorld world, PromptBank bank, CitySlice slice)
    {
        (this.world, this.bank) = (world, bank);
        (play, books) = (new CityPlay(world, slice), new BooksFill(world));
    }

    /// <param name="emulated">On the emulator: in memory it takes the same requests and rows, in less time.</param>
    public static async Task<YearCounts> RunAsync(CitySlice slice, bool emulated = false)
    {
        var clock = new SteppingClock(DateTimeOffset.UnixEpoch);
        var bank = new PromptBank(clock);
        await using var scratch = await Scratch.StartAsync(clock, emulated);
        await using var world = await BenchmarkWorld.StartAsync(scratch, clock, bank);
        var run = new YearRun(world, bank, slice);
        world.MoveTo(Start, 9);
        var accounts = BooksFill.Accounts(slice).ToList();
        await run.books.OpenAsync(accounts);
        var first = await run.OutageAsync(0, accounts.Count, bill: false);
        var begin = await run.LiveAsync(1, 1, accounts.Count);
        var before = await run.LiveAsync(2, Settled - 1, accounts.Count);
        var settled = await run.OutageAsync(Settled, accounts.Count, bill: true);
        var after = await run.LiveAsync(Settled + 1, Months, accounts.Count);
        var last = await run.OutageAsync(Months + 1, accounts.Count, bill: true);
        return new YearCounts([first, settled, last], [begin, before, after]);
    }

    private async Task<MonthCounts> OutageAsync(int month, int accounts, bool bill)
    {
        var day = Start.AddMonths(month);
        Dictionary<string, Usage> phases = [];
        world.MoveTo(day, 9);
        if (bill)
        {
            await books.BillAsync();
        }

        phases["deferring"] = await world.CountAsync(() =>
            play.DeferAsync(FormattableString.Invariant($"outage-{month}"), day, day.AddDays(28))
        );
        world.MoveTo(BankingDay(day.AddDays(22)), 9);
        phases["clearing"] = await world.CountAsync(play.ClearAsync);
        phases["planning"] = await world.CountAsync(play.PlanAsync);
        phases["sealing and approving"] = await world.CountAsync(play.AgreeAsync);
        phases["releasing and charging"] = await world.CountAsync(play.ChargeAsync);
        world.MoveTo(BankingDay(day.AddDays(22)).AddDays(3), 9);
        phases["settling"] = await world.CountAsync(() => RecordAsync(accounts));
        return new MonthCounts(month, accounts, phases);
    }

    // Billed, charged on its due date, settled.
    private async Task<MonthCounts> LiveAsync(int from, int to, int accounts)
    {
        var used = default(Usage);
        for (var month = from; month <= to; month++)
        {
            var day = Start.AddMonths(month);
            world.MoveTo(day, 9);
            used += await world.CountAsync(books.BillAsync);
            world.MoveTo(BankingDay(day.AddDays(14)), 9);
            used += await world.CountAsync(play.RunDueAsync);
            world.MoveTo(BankingDay(day.AddDays(14)).AddDays(3), 9);
            used += await world.CountAsync(() => RecordAsync(accounts));
        }

        var debits = accounts * (to - from + 1);
        return new MonthCounts(to, debits, new Dictionary<string, Usage> { [Living] = used });
    }

    // No Tuesday of these months is a holiday.
    private static DateOnly BankingDay(DateOnly from) =>
        from.AddDays(((int)DayOfWeek.Tuesday - (int)from.DayOfWeek + 7) % 7);

    private async Task RecordAsync(int debits)
    {
        var submitted = bank.Submitted.Order(StringComparer.Ordinal).ToList();
        if (submitted.Count != debits)
        {
            throw new InvalidOperationException($"{submitted.Count} of {debits} debits were charged.");
        }

        foreach (var intent in submitted)
        {
            bank.Collect(intent);
            await play.ReceiveAsync(intent);
        }

        // Events of a bucket that come together wait for each other: on the emulator in real seconds.
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await Pump.UntilAsync(async () =>
        {
            await play.RecordOutcomesAsync();
            return await world.IsEmptyAsync(QueueNames.ProviderEvents);
        });
        if (await world.CountOpenAsync() is > 0 and var open)
        {
            throw new InvalidOperationException($"{open} of {debits} debits are not settled.");
        }
    }
}
