using Autopay.Application;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.ChargeProtocol;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// A file with rows that were taken in years ago: they are refused, and nothing else of their account is.
/// </summary>
[Trait("Layer", "L4")]
public sealed class StoredAlreadyTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task Only_the_rows_that_are_stored_already_are_refused_and_the_account_is_read_once_more()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var before = await books.SaveOneAsync(
            Books.Save(
                Books.None(account),
                null,
                Books.Enrolled(),
                Books.Opened("B-1"),
                Books.Opened("B-2"),
                Books.Received("P-1", 500)
            )
        );
        var archived = await books.SaveOneAsync(
            Books.Save(
                before,
                null,
                new ItemsArchived([], [new BillId("B-1"), new BillId("B-2")], [new PaymentId("P-1")], "Closed long ago")
            )
        );

        var result = await WriteAsync(
            archived,
            Bill("B-1"),
            Bill("B-3"),
            Bill("B-2"),
            now => new PostBackPayment(Books.Received("P-1", 500).Funds, now)
        );

        Assert.Equal([true, false, true, true], result.Commands.Select(command => command.Refusal is not null));
        Assert.Contains("stored already", result.Commands[0].Refusal, StringComparison.Ordinal);
        Assert.Equal("B-3", Assert.Single(result.Entry.Ledger.Bills).Id.Value);
        Assert.Equal(result.Entry.Tag, (await books.Ledgers.LoadAsync(account, CancellationToken.None))!.Tag);
    }

    private static Func<Moment, LedgerCommand> Bill(string id) => now => new ImportBill(Books.Opened(id).Bill, now);

    private async Task<AccountResult> WriteAsync(LedgerEntry entry, params Func<Moment, LedgerCommand>[] commands)
    {
        var clock = new CityClock(new VirtualClock(Books.Now), ChargingWorld.City);
        var writer = new LedgerWriter(
            books.Ledgers,
            new ScratchBucketScheduleStore(),
            new ScratchControlsStore(new Policies()),
            clock,
            new ProcessingOptions()
        );
        var scope = new WriteScope(Bucket.Of(entry.Ledger.Id), new Controls(), Books.Because("a file"));
        return (await writer.WriteAsync(scope, [new AccountWork(entry, commands)], CancellationToken.None))[0];
    }
}
