using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Work;
using Autopay.Storage;
using Autopay.Storage.Finance;
using Autopay.Storage.Imports;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.Work;

/// <summary>The list costs what is on it, not what the city is.</summary>
public sealed class WorkCostTests(AzuriteFixture azurite)
{
    private static readonly AccountEnrolled NoAutopay = Books.Enrolled() with
    {
        Enrolment = Books.Enrolled().Enrolment with { Autopay = false },
    };

    // The controls a second time: a late receipt is held against the clear in force. What decided them is known.
    private static readonly int BucketsControlsTwiceAndSuspense = Bucket.Count + 2;

    [Fact]
    public async Task Three_items_cost_the_same_requests_in_a_city_of_200_accounts_and_of_2000()
    {
        var (small, large) = (await CountAsync(200), await CountAsync(2_000));

        Assert.Equal(small, large);
        Assert.Equal((BucketsControlsTwiceAndSuspense + 1, 3), (small.Requests, small.Items));
    }

    private async Task<(int Requests, int Items)> CountAsync(int accounts)
    {
        var books = new Books(azurite);
        await books.InitializeAsync();
        var saves = Enumerable
            .Range(1, accounts)
            .Select(number => SaveOf(new AccountId($"{number:000000}"), isListed: number <= 3));
        await Task.WhenAll(
            saves.GroupBy(save => Bucket.Of(save.After.Id)).Select(bucket => books.SaveAsync([.. bucket]))
        );
        var clock = new CityClock(
            new FakeTimeProvider(Books.Now),
            new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"))
        );
        var controls = new TableControlsStore(books.Clients, new Policies(), new FakeTimeProvider(Books.Now));
        var read = new ReadWork(
            [
                new LedgerWork(books.Ledgers),
                new SuspenseWork(new TableSuspenseStore(books.Clients), clock),
                new ControlsWork(controls, clock),
            ],
            controls,
            clock
        );
        books.Watch.Forget();

        var page = await read.RunAsync(WorkFilter.All(WorkAudience.Finance), null, 100, CancellationToken.None);

        return (books.Watch.Requests.Count, page.Items.Count);
    }

    private static LedgerSave SaveOf(AccountId account, bool isListed) =>
        Books.Save(
            Books.None(account),
            null,
            [
                NoAutopay,
                Books.Opened("B-1"),
                .. isListed
                    ? new LedgerEvent[]
                    {
                        new BillBlocked(new BillId("B-1"), new DateOnly(2020, 1, 20), "Uncollected: R08"),
                    }
                    : [],
            ]
        );
}
