using Autopay.Application.Ledgers;
using Autopay.Storage;
using Autopay.Storage.Backups;
using Autopay.Storage.Finance;
using Autopay.Storage.Ledgers;

namespace Autopay.Tests.App.Storage;

/// <summary>Payments are added up from their own rows: corrected, and less what was reversed.</summary>
public sealed class PostedPaymentsTests(Books books) : IClassFixture<Books>
{
    private static readonly DateOnly Received = new(2020, 1, 24);

    [Fact]
    public async Task A_bucket_costs_one_request_and_no_ledger()
    {
        var (bucket, account) = await GivenAsync(Books.Received("P-1", 500), Books.Received("P-2", 700));
        books.Watch.Forget();

        var posted = await ReadAsync(bucket);

        Assert.Single(books.Watch.Requests);
        Assert.Equal(
            [$"{account} P-1 500 0 cash 2020-01-24", $"{account} P-2 700 0 cash 2020-01-24"],
            posted.Select(Text)
        );
        Assert.Empty(await ReadAsync(bucket, Received.AddDays(1)));
        Assert.Equal(2, (await ReadAsync(bucket, Received)).Count);
    }

    [Fact]
    public async Task What_a_later_save_took_back_or_corrected_counts()
    {
        var (bucket, account) = await GivenAsync(Books.Received("P-1", 500), Books.Received("P-10", 700));
        var entry = (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;
        entry = await books.SaveOneAsync(Books.Save(entry, null, Reversed("P-1", 500), Reversed("P-10", 100)));
        var corrected = Books.Received("P-10", 900).Funds with { Channel = "check", ReceivedOn = Received.AddDays(1) };
        await books.SaveOneAsync(
            Books.Save(entry, null, Reversed("P-10", 600), new PaymentCorrected(corrected, "why"))
        );

        Assert.Equal(
            [$"{account} P-1 500 500 cash 2020-01-24", $"{account} P-10 900 0 check 2020-01-25"],
            (await ReadAsync(bucket)).Select(Text)
        );

        // A backup has them with the operations of its cut.
        var scan = new LedgerScan(books.Clients.Table(LedgerKeys.Table(bucket)), bucket);
        var rows = await scan.ReadAsync(CancellationToken.None).Select(row => row.RowKey).ToListAsync();
        Assert.Equal(0, scan.Torn);
        Assert.Equal(
            [$"q|{account}|P-10|00000002", $"q|{account}|P-10|00000003", $"q|{account}|P-1|00000002"],
            rows.Where(key => key.StartsWith("q|", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Money_that_no_customer_paid_elsewhere_is_not_among_them()
    {
        var credit = Books.Received("P-1", 500);
        var (bucket, _) = await GivenAsync(
            credit with
            {
                Funds = credit.Funds with { Source = FundsSource.Recovered },
            }
        );

        Assert.Empty(await ReadAsync(bucket));
    }

    [Fact]
    public async Task The_cycles_of_a_bucket_cost_one_request()
    {
        var (bucket, account) = await GivenAsync();
        books.Watch.Forget();

        var cycles = await new TablePostedPayments(books.Clients).ReadCyclesAsync(bucket, CancellationToken.None);

        Assert.Equal((account, new CycleNumber(1)), Assert.Single(cycles) is var it ? (it.Key, it.Value) : default);
        Assert.Contains("select", Assert.Single(books.Watch.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_kept_once_and_totals_take_each_others_place()
    {
        var store = new TableCertificateStore(books.Clients);
        var who = Books.Because("counted");
        var key = new TotalKey(Received, "cash", "W/1|#", null);
        await store.PutTotalsAsync(
            [
                .. Enumerable
                    .Range(0, 120)
                    .Select(day => new ControlTotal(
                        key with
                        {
                            ReceivedOn = Received.AddDays(-day),
                        },
                        1,
                        new(100),
                        who
                    )),
            ],
            CancellationToken.None
        );
        var second = new ControlTotal(key, 2, new Money(200), who) { Import = "control-totals-1" };
        await store.PutTotalsAsync([second], CancellationToken.None);

        var totals = await store.ReadTotalsAsync(CancellationToken.None);
        Assert.Equal((120, second), (totals.Count, totals.Single(total => total.Key == key)));

        var certificate = new Certificate(
            new CycleNumber(3),
            new Dictionary<string, DateOnly> { ["cash"] = Received },
            Comparison.Of(new CycleNumber(3), totals, [])
        );
        var document = CertificateDocument.Of(1, certificate, who, who);
        Assert.True(await store.TryKeepAsync(document, CancellationToken.None));
        Assert.False(
            await store.TryKeepAsync(document with { Overridden = !document.Overridden }, CancellationToken.None)
        );
        var kept = Assert.Single(await store.ReadAsync(new CycleNumber(3), CancellationToken.None));
        Assert.Equal(
            (true, true, 120, who),
            (kept.IsIntact, kept.Overridden, kept.Certificate.Lines.Count, kept.Asked)
        );
        Assert.Empty(await store.ReadAsync(new CycleNumber(4), CancellationToken.None));
    }

    private async Task<(Bucket Bucket, AccountId Account)> GivenAsync(params LedgerEvent[] events)
    {
        var bucket = books.NewBucket();
        var account = Books.AccountsIn(bucket, 1)[0];
        await books.SaveOneAsync(Books.Save(Books.None(account), null, [Books.Enrolled(), .. events]));
        return (bucket, account);
    }

    private Task<IReadOnlyList<PostedPayment>> ReadAsync(Bucket bucket, DateOnly from = default) =>
        new TablePostedPayments(books.Clients).ReadAsync(bucket, from, CancellationToken.None);

    private static FundsReversed Reversed(string payment, long cents) =>
        new(new PaymentId(payment), new Money(cents), "bounced") { On = new DateOnly(2020, 2, 20) };

    private static string Text(PostedPayment it) =>
        $"{it.Account} {it.Id} {it.Amount.Cents} {it.Reversed.Cents} {it.Channel} {it.ReceivedOn:yyyy-MM-dd}";
}
