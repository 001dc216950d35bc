using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Storage;
using Autopay.Storage.Imports;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Storage;

/// <summary>Rows that wait, and whose an id is, in the real tables (R29, R33).</summary>
public sealed class WaitingRowStoreTests(Books books) : IClassFixture<Books>
{
    private static readonly Authority Clerk = new("clerk", "looked at it", Books.Now);
    private readonly TableWaitingRows waiting = new(books.Clients);
    private readonly TableIdRegister register = new(books.Clients);

    [Fact]
    public async Task A_row_waits_whole_until_it_has_ended_and_does_not_come_back()
    {
        var row = Row("wait-1", new RowContent { Reversal = new ReversalRow(new PaymentId("P#1"), "bounced") });
        await waiting.PutAsync([row], CancellationToken.None);
        Assert.Equal(row, Assert.Single(await waiting.ReadOpenAsync(CancellationToken.None), it => it.Id == row.Id));

        await waiting.EndAsync(row, WaitingEnd.Discarded, Clerk, CancellationToken.None);
        await waiting.EndAsync(row, WaitingEnd.Discarded, Clerk, CancellationToken.None);
        await waiting.PutAsync([row], CancellationToken.None);

        Assert.DoesNotContain(await waiting.ReadOpenAsync(CancellationToken.None), it => it.Id == row.Id);
        Assert.Equal(
            (WaitingEnd.Discarded, Clerk),
            await waiting.FindAsync(row.Id, CancellationToken.None) is { } found ? (found.End, found.EndedBy) : default
        );
    }

    [Fact]
    public async Task Bills_wait_apart_by_account_and_are_removed_once_or_dropped_by_their_due_date()
    {
        var bucket = new Bucket(7);
        WaitingRow[] bills = [Bill("W1", "B/1", 10), Bill("W1", "B2", 20), Bill("W10", "B3", 30)];
        await waiting.PutBillsAsync(bucket, bills, CancellationToken.None);
        await waiting.PutBillsAsync(bucket, bills, CancellationToken.None);
        Assert.DoesNotContain(await waiting.ReadOpenAsync(CancellationToken.None), row => row.Content.Bill is not null);
        Assert.Equal(
            ["B/1", "B2"],
            (await waiting.ReadBillsAsync(bucket, [new AccountId("W1")], CancellationToken.None)).Select(row =>
                row.RowId
            )
        );

        await waiting.RemoveBillsAsync(bucket, [bills[0]], CancellationToken.None);
        await waiting.RemoveBillsAsync(bucket, bills[..2], CancellationToken.None);
        Assert.Equal(1, await waiting.CountBillsAsync(CancellationToken.None));

        Assert.Equal(0, await waiting.DropBillsAsync(new DateOnly(2020, 1, 30), CancellationToken.None));
        Assert.Equal(1, await waiting.DropBillsAsync(new DateOnly(2020, 1, 31), CancellationToken.None));
    }

    [Fact]
    public async Task R33_The_waiting_bills_of_accounts_are_found_though_one_number_begins_with_the_other()
    {
        var bucket = new Bucket(8);
        WaitingRow[] bills = [Bill("N1", "B1", 10), Bill("N10", "B2", 20)];
        await waiting.PutBillsAsync(bucket, bills, CancellationToken.None);

        var found = await waiting.ReadBillsAsync(
            bucket,
            [new AccountId("N1"), new AccountId("N10")],
            CancellationToken.None
        );

        Assert.Equal(["B1", "B2"], found.Select(row => row.RowId).Order(StringComparer.Ordinal));
        await waiting.RemoveBillsAsync(bucket, bills, CancellationToken.None);
    }

    [Fact]
    public async Task R29_Ids_whose_keys_sort_otherwise_than_they_do_are_claimed_and_found()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        List<string> ids =
        [
            .. Enumerable.Range(1, 40).SelectMany(number => new[] { $"S-{number}", $"S/{number}", $"S|{number}" }),
        ];
        await register.ClaimAsync(
            IdKind.Bill,
            [.. ids.Select(id => new IdClaim(id, new AccountId("C1")))],
            patience.Token
        );

        var others = await register.ClaimAsync(
            IdKind.Bill,
            [.. ids.Select(id => new IdClaim(id, new AccountId("C2")))],
            patience.Token
        );

        Assert.Equal(ids.Count, others.Count);
    }

    [Fact]
    public async Task Whoever_claims_an_id_first_has_it_until_it_is_moved()
    {
        var (mine, theirs) = (new AccountId("C1"), new AccountId("C2"));
        List<IdClaim> ids = [.. Enumerable.Range(1, 700).Select(number => new IdClaim($"claim/{number}", mine))];
        Assert.Empty(await register.ClaimAsync(IdKind.Bill, ids, CancellationToken.None));
        Assert.Empty(await register.ClaimAsync(IdKind.Bill, ids, CancellationToken.None));
        Assert.Empty(
            await register.ClaimAsync(IdKind.Payment, [new IdClaim("claim/1", theirs)], CancellationToken.None)
        );

        var others = await register.ClaimAsync(
            IdKind.Bill,
            [new IdClaim("claim/5", theirs), new IdClaim("claim/701", theirs)],
            CancellationToken.None
        );
        Assert.Equal(("claim/5", mine), Assert.Single(others) is var other ? (other.Key, other.Value) : default);

        await register.MoveAsync(IdKind.Bill, new IdClaim("claim/5", theirs), CancellationToken.None);
        Assert.Empty(await register.ClaimAsync(IdKind.Bill, [new IdClaim("claim/5", theirs)], CancellationToken.None));
    }

    [Fact]
    public async Task Claiming_costs_requests_by_the_hundred_ids_and_not_by_the_row()
    {
        var counting = new StorageWatch();
        var counted = new TableIdRegister(StorageClients.FromConnectionString(books.Connection, counting));
        List<IdClaim> ids =
        [
            .. Enumerable.Range(1, 1_200).Select(number => new IdClaim($"counted-{number}", new AccountId("C1"))),
        ];

        await counted.ClaimAsync(IdKind.Bill, ids, CancellationToken.None);
        Assert.InRange(counting.Requests.Count, 12, 20);

        counting.Forget();
        await counted.ClaimAsync(IdKind.Bill, ids, CancellationToken.None);
        Assert.InRange(counting.Requests.Count, 24, 40);
    }

    private static WaitingRow Bill(string account, string id, int day) =>
        Row(
            $"{account}-{id}",
            new RowContent
            {
                Bill = new Bill
                {
                    Id = new BillId(id),
                    Cycle = new CycleNumber(1),
                    BillDate = new DateOnly(2020, 1, 1),
                    DueDate = new DateOnly(2020, 1, day),
                    PenaltyDate = new DateOnly(2020, 2, 1),
                    CurrentCharges = new Money(100),
                    PreviousBalance = Money.Zero,
                    TotalDue = new Money(100),
                },
            }
        ) with
        {
            Account = new AccountId(account),
            Kind = ImportKind.Bills,
            For = WaitingFor.Account,
        };

    private static WaitingRow Row(string id, RowContent content) =>
        new()
        {
            Id = id,
            Kind = ImportKind.PaymentReversals,
            Account = new AccountId("W9"),
            ImportId = "import",
            Line = 2,
            Content = content,
            Cents = Money.Zero,
            Since = Books.Now,
            For = WaitingFor.Payment,
            Reason = "No such account",
        };
}
