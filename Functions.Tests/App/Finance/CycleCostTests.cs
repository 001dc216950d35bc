using System.Globalization;
using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.Finance;

/// <summary>The sums by cycle cost the same in any city, and say of when they are.</summary>
public sealed class CycleCostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    // 70 in a city of 64 buckets.
    private static readonly int MostReads = Bucket.Count + 6;
    private static readonly DateTimeOffset Later = Books.Now.AddMinutes(20);
    private readonly Books books = new(azurite);
    private readonly FakeTimeProvider time = new(Books.Now);
    private CountCycles count = null!;
    private PreviewChange preview = null!;

    public async ValueTask InitializeAsync()
    {
        await books.InitializeAsync();
        var city = new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
        var (sums, clock) = (new TableCycleSumStore(books.Clients), new CityClock(time, city));
        count = new CountCycles(books.Ledgers, sums, clock);
        var controls = new TableControlsStore(books.Clients, new Policies(), time);
        preview = new PreviewChange(new LookAtCity(books.Ledgers, sums, clock), controls, clock);
    }

    public ValueTask DisposeAsync() => books.DisposeAsync();

    [Fact]
    public async Task An_answer_costs_a_request_for_each_bucket_and_one_in_a_city_of_64_accounts_and_in_one_of_1300()
    {
        await EnrolAsync(64);
        await CountAsync();
        var small = await CostAsync();
        await EnrolAsync(1_300, within: [new Bucket(0), new Bucket(1), new Bucket(2)]);
        await CountAsync();
        var large = await CostAsync();

        Assert.Equal(Bucket.Count + 1, small);
        Assert.Equal(Bucket.Count + 1 - 3, large);
        Assert.InRange(small + 2, 1, MostReads);
    }

    [Fact]
    public async Task A_small_city_is_counted_as_it_is_now()
    {
        await EnrolAsync(10);
        await CountAsync();
        time.SetUtcNow(Later);
        await EnrolAsync(11);

        var sums = await CountAsync();

        Assert.Equal((Later, true, 11), (sums.AsOf, sums.IsCountedNow, Assert.Single(sums.Cycles).Accounts));
    }

    [Fact]
    public async Task A_large_city_says_of_when_its_sums_are_and_is_counted_anew_when_somebody_asks()
    {
        var few = CountCycles.CountedOnTheSpot;
        await EnrolAsync(few + 1, within: [new Bucket(5)]);
        var first = await CountAsync();
        time.SetUtcNow(Later);
        await EnrolAsync(few + 2, within: [new Bucket(5)]);

        var kept = await CountAsync();
        var fresh = await count.RunAsync(isFresh: true, CancellationToken.None);
        var after = await CountAsync();

        Assert.Equal((Books.Now, true, few + 1), (first.AsOf, first.IsCountedNow, first.Cycles[0].Accounts));
        Assert.Equal((Books.Now, false, few + 1), (kept.AsOf, kept.IsCountedNow, kept.Cycles[0].Accounts));
        Assert.Equal((Later, true, few + 2), (fresh.AsOf, fresh.IsCountedNow, fresh.Cycles[0].Accounts));
        Assert.Equal((Later, few + 2), (after.AsOf, after.Cycles[0].Accounts));
    }

    [Fact]
    public async Task What_is_kept_of_a_bucket_is_what_was_counted()
    {
        await EnrolAsync(CountCycles.CountedOnTheSpot + 1, within: [new Bucket(7)]);

        Assert.Equivalent((await CountAsync()).Cycles, (await CountAsync()).Cycles, strict: true);
    }

    [Fact]
    public async Task A_preview_costs_at_most_70_requests_in_any_city_and_says_when_it_is_an_estimate()
    {
        await EnrolAsync(64);
        await CountAsync();
        var (small, ofSmall) = await PreviewAsync(isFresh: false);
        await EnrolAsync(1_300, within: [new Bucket(0), new Bucket(1), new Bucket(2)]);
        await CountAsync();
        time.SetUtcNow(Later);
        var (large, ofLarge) = await PreviewAsync(isFresh: false);
        var (_, fresh) = await PreviewAsync(isFresh: true);

        Assert.All([small, large], cost => Assert.InRange(cost, 1, MostReads));
        Assert.True(large < small);
        Assert.Equal((false, Books.Now, 0), (ofSmall.Look.IsEstimate, ofSmall.Look.AsOf, ofSmall.Preview.Accounts));
        Assert.Equal((true, Books.Now, null), (ofLarge.Look.IsEstimate, ofLarge.Look.AsOf, ofLarge.Preview.Accounts));
        Assert.Equal((false, Later, 0), (fresh.Look.IsEstimate, fresh.Look.AsOf, fresh.Preview.Accounts));
    }

    private async Task<(int Requests, PreviewOfChange Shown)> PreviewAsync(bool isFresh)
    {
        books.Watch.Forget();
        var shown = await preview.RunAsync(new BacklogReopened([new CycleNumber(1)]), isFresh, CancellationToken.None);
        return (books.Watch.Requests.Count, shown);
    }

    private Task<CitySums> CountAsync() => count.RunAsync(isFresh: false, CancellationToken.None);

    private async Task<int> CostAsync()
    {
        books.Watch.Forget();
        await CountAsync();
        return books.Watch.Requests.Count;
    }

    // So many accounts, all in these buckets; those that are there stay as they are.
    private async Task EnrolAsync(int accounts, IReadOnlyList<Bucket>? within = null)
    {
        var ids = Enumerable
            .Range(1, int.MaxValue - 1)
            .Select(number => new AccountId(number.ToString("000000", CultureInfo.InvariantCulture)))
            .Where(id => within?.Contains(Bucket.Of(id)) ?? true)
            .Take(accounts);
        foreach (var bucket in ids.GroupBy(Bucket.Of))
        {
            var known = await books.Ledgers.LoadManyAsync(bucket.Key, [.. bucket], CancellationToken.None);
            var missing = bucket.Except(known.Select(entry => entry.Ledger.Id)).ToList();
            if (missing.Count > 0)
            {
                await books.SaveAsync([.. missing.Select(Save)]);
            }
        }
    }

    private static LedgerSave Save(AccountId account) =>
        Books.Save(Books.None(account), null, Books.Enrolled(), Books.Opened("B-1"));
}
