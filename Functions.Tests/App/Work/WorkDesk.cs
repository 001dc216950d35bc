using Autopay.Application;
using Autopay.Application.Work;
using Autopay.Rehearsal.World;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Work;

/// <summary>The list over items that a test puts there and takes away.</summary>
internal sealed class WorkDesk : IWorkSource
{
    private const int MostPages = 200;

    public static readonly DateOnly Today = new(2020, 3, 2);

    public WorkDesk()
    {
        var clock = new CityClock(
            new FakeTimeProvider(new DateTimeOffset(2020, 3, 2, 18, 0, 0, TimeSpan.Zero)),
            new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"))
        );
        Read = new ReadWork([this], new ScratchControlsStore(new Policies()), clock);
    }

    public List<WorkItem> Items { get; } = [];

    public ReadWork Read { get; }

    public WorkAudience Audience => WorkAudience.Finance;

    public Task<IReadOnlyList<WorkItem>> ReadAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<WorkItem>>([.. Items]);

    /// <summary>Every page, one after the other.</summary>
    /// <param name="between">Is called after each page.</param>
    public async Task<List<WorkPage>> PagesAsync(WorkFilter filter, int limit, Action? between = null)
    {
        List<WorkPage> pages = [];
        do
        {
            var after = pages is [.., { Next: { } next }] ? WorkCursor.Parse(next) : null;
            pages.Add(await Read.RunAsync(filter, after, limit, CancellationToken.None));
            between?.Invoke();
            Assert.InRange(pages.Count, 1, MostPages);
        } while (pages[^1].Next is not null);

        return pages;
    }

    public static WorkItem Item(
        WorkKind kind,
        string id,
        string account = "A",
        long cents = 100,
        int daysAgo = 0,
        int cycle = 1
    ) =>
        new(kind, id, new Money(cents), "because", Today.AddDays(-daysAgo))
        {
            Account = new AccountId(account),
            Bill = new BillId(id),
            Debit = new DebitId(new AccountId(account), 1, 1),
            Deferral = new DeferralId("hold"),
            Cycles = [new CycleNumber(cycle)],
        };
}
