using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Retention;
using Autopay.Rehearsal.World;
using Autopay.Storage.Ledgers;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.App.Hints;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Autopay.Tests.App.Storage;

/// <summary>What the rows themselves say of how an account was charged, two years after autopay ended.</summary>
public sealed class ExpireAuthorisationsTests(Books books) : IClassFixture<Books>
{
    private const string Secret = "pm_secret";
    private const string Address = "kim@city.example";
    private static readonly DateOnly Ended = new(2020, 1, 21);
    private readonly FakeTimeProvider time = new(Books.Now.AddDays(732));
    private readonly ScratchControlsStore controls = new(new Policies());

    [Fact]
    public async Task No_row_knows_the_method_or_the_address_any_more_and_everything_else_of_the_history_is_as_it_was()
    {
        var (old, young) = (await EnrolAsync(OfTonight(0), 0), await EnrolAsync(OfTonight(1), 2));
        var before = await books.HistoryAsync(old);
        Assert.Contains(Secret, await RowsAsync(old), StringComparison.Ordinal);

        Assert.Equal(1, await RunAsync());

        var rows = await RowsAsync(old);
        Assert.DoesNotContain(Secret, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, rows, StringComparison.Ordinal);
        Assert.Contains(Secret, await RowsAsync(young), StringComparison.Ordinal);
        var after = await books.HistoryAsync(old);
        Assert.Equal(before.Select(Told), after[..^1].Select(Told));
        Assert.Equal(Ended, Assert.IsType<AuthorisationExpired>(Assert.Single(after[^1].Events)).Ended);
        var left = (await books.Ledgers.LoadAsync(old, CancellationToken.None))!.Ledger;
        Assert.Equal(("cus_1", ""), (left.Enrolment!.Customer, left.Enrolment.PaymentMethod));
        Assert.Equal(
            [new RecordsExpired("authorisations", time.GetUtcNow().AddDays(-731), 1)],
            await controls.ReadHistoryAsync(CancellationToken.None).Select(row => row.Change).ToListAsync()
        );

        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Every_bucket_has_its_night()
    {
        var nights = Bucket.Count / ExpireAuthorisations.BucketsANight;
        var account = await EnrolAsync(OfTonight((nights - 1) * ExpireAuthorisations.BucketsANight), 0);
        var gone = new List<int>();
        for (var night = 0; night < nights; night++)
        {
            gone.Add(await RunAsync());
            time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([.. Enumerable.Repeat(0, nights - 1), 1], gone);
        Assert.DoesNotContain(Secret, await RowsAsync(account), StringComparison.Ordinal);
    }

    // A killed run has forgotten the history and not yet the ledger.
    [Fact]
    public async Task A_run_that_died_between_history_and_ledger_is_finished_by_the_next()
    {
        var account = await EnrolAsync(OfTonight(2), 0);
        await new TableMeansInHistory(books.Clients).ForgetAsync(account, CancellationToken.None);
        Assert.Contains(Secret, await RowsAsync(account), StringComparison.Ordinal);

        Assert.Equal(1, await RunAsync());

        Assert.DoesNotContain(Secret, await RowsAsync(account), StringComparison.Ordinal);
    }

    private Bucket OfTonight(int number) =>
        new((Clock().Now.Today.DayNumber * ExpireAuthorisations.BucketsANight + number) % Bucket.Count);

    private CityClock Clock() => new(time, ChargingWorld.City);

    private Task<int> RunAsync()
    {
        var (clock, options) = (Clock(), new ProcessingOptions());
        var writer = new LedgerWriter(books.Ledgers, new ScratchBucketScheduleStore(), controls, clock, options);
        var hints = new SendHints(new HintQueue(), new HintsUnderWay(), clock, options);
        return new ExpireAuthorisations(
            new AccountBooks(books.Ledgers, controls, writer, clock, options),
            new TableMeansInHistory(books.Clients),
            new ChangeControls(controls, hints, clock)
        ).RunAsync(CancellationToken.None);
    }

    /// <summary>Enrolled, changed once, and off since a day.</summary>
    private async Task<AccountId> EnrolAsync(Bucket bucket, int days)
    {
        var account = Books.AccountsIn(bucket, 1)[0];
        var said = Books.Enrolled();
        said = said with { Enrolment = said.Enrolment with { PaymentMethod = Secret, Email = Address } };
        var entry = await books.SaveOneAsync(Books.Save(Books.None(account), null, said));
        entry = await books.SaveOneAsync(
            Books.Save(entry, null, said with { Enrolment = said.Enrolment with { Mandate = "mandate_2" } })
        );
        await books.SaveOneAsync(
            Books.Save(entry, null, new AutopaySwitched(On: false, Ended.AddDays(days), "the customer asked"))
        );
        return account;
    }

    private async Task<string> RowsAsync(AccountId account)
    {
        var table = books.Clients.Table(LedgerKeys.Table(Bucket.Of(account)));
        var rows = await table.QueryAsync<TableEntity>().ToListAsync();
        return string.Join(
            '\n',
            rows.Where(row => row.RowKey.Contains(account.Value, StringComparison.Ordinal))
                .SelectMany(row => row.Select(column => column.Value).OfType<string>())
        );
    }

    private static string Told(HistoryRow row) =>
        $"{row.Sequence} {row.OperationId} {row.Authority} "
        + string.Join(", ", row.Events.Select(happened => $"{happened.GetType().Name}: {happened.Reason}"));
}
