using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// What closed long ago is in columns of its own: what is read is the whole ledger, whatever happened to it, and a save
/// writes none of it that did not change.
/// </summary>
public sealed class LedgerPastTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    // Items come, close, change and leave in any order; some saves are steps of a walk, and some have no next look.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_to_a_ledger_it_is_read_as_it_was_saved(int seed)
    {
        var random = new Random(seed);
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var entry = await books.SaveOneAsync(Books.Save(Books.None(account), null, Books.Enrolled()));
        var (withPast, short_) = (0, 0);
        for (var step = 0; step < 60; step++)
        {
            var after = PastPlay.Change(entry.Ledger, random) with { Operations = entry.Ledger.Operations + 1 };
            DateTimeOffset? look = random.Next(3) == 0 ? null : Books.Now.AddMinutes(step);
            var save = Books.Save(entry, look, Books.Enrolled($"area {step}")) with
            {
                After = after,
                MayWait = random.Next(2) == 0,
            };

            var saved = await books.SaveOneAsync(save);

            var read = (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;
            Assert.Equal(LeanJson.Serialize(saved.Ledger), LeanJson.Serialize(read.Ledger));
            Assert.Equal(
                LeanJson.Serialize(after with { Schema = saved.Ledger.Schema }),
                LeanJson.Serialize(read.Ledger)
            );
            Assert.Equal((look, saved.Tag), (read.NextEvaluation, read.Tag));
            var past = StoredLedger.Of(read).Past;
            Assert.Equal(past.IsEmpty ? 2 : 3, read.Ledger.Schema);
            _ = past.IsEmpty ? short_++ : withPast++;
            entry = random.Next(2) == 0 ? saved : read;
        }

        Assert.Equal(61, (await books.HistoryAsync(account)).Count);
        Assert.InRange(withPast, 20, 60);
        Assert.InRange(short_, 1, 40);
    }

    [Fact]
    public void What_closed_is_written_when_it_closes_and_not_again_while_it_stays()
    {
        var ledger = PastPlay.Closed(AccountLedger.Open(new AccountId("10-0001")), 1, 12);
        var past = LedgerPast.Empty.After(ledger);
        var before = new LedgerEntry(ledger, "tag", Books.Now) { Stored = Stored(past) };

        var row = RowOf(before, PastPlay.Opened(ledger, 13));

        Assert.Empty(ColumnsOf(row));
        Assert.DoesNotContain("B-0012", LongText.Read(row, "Ledger"), StringComparison.Ordinal);
        Assert.Contains("B-0013", LongText.Read(row, "Ledger"), StringComparison.Ordinal);
        var closed = RowOf(before, PastPlay.Closed(ledger, 13, 13));
        Assert.Contains("B-0013", closed.GetString(Assert.Single(ColumnsOf(closed))), StringComparison.Ordinal);
        Assert.DoesNotContain("B-0013", LongText.Read(closed, "Ledger"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_an_old_debit_leaves_its_column_alone_is_written_again()
    {
        var ledger = PastPlay.Closed(AccountLedger.Open(new AccountId("10-0001")), 1, 12);
        var past = LedgerPast.Empty.After(ledger);
        Assert.InRange(past.Parts.Count, 3, 12);
        var before = new LedgerEntry(ledger, "tag", Books.Now) { Stored = Stored(past) };

        var row = RowOf(before, ledger with { Debits = [.. ledger.Debits.Skip(1)] });

        Assert.Equal(["Past1"], ColumnsOf(row));
        Assert.DoesNotContain("10-0001-1-0001", row.GetString("Past1"), StringComparison.Ordinal);
        Assert.Contains("B-0001", row.GetString("Past1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_that_falls_away_while_a_charge_is_in_hand_is_written_over()
    {
        var ledger = PastPlay.Opened(PastPlay.Closed(AccountLedger.Open(new AccountId("10-0001")), 1, 12), 13);
        var past = LedgerPast.Empty.After(ledger);
        var before = new LedgerEntry(ledger, "tag", Books.Now) { Stored = Stored(past) };
        var attempt = UnfiledHistoryTests.Planned(ledger.Id).Attempt with { Debit = ledger.Debits[^1].Id };
        var inHand = ledger with
        {
            Debits =
            [
                .. ledger.Debits.SkipLast(1),
                ledger.Debits[^1] with
                {
                    State = DebitState.Charging,
                    Attempts = [attempt],
                },
            ],
        };
        Assert.True(inHand.HasChargeInHand());
        var save = Books.Save(before, null, Books.Enrolled("east")) with { After = inHand, MayWait = true };

        var (actions, _) = LedgerRows.ToActions(Bucket.Of(ledger.Id), save);

        var row = (TableEntity)actions[0].Entity;
        Assert.False(row.ContainsKey("Ledger"));
        Assert.Equal(9999, row.GetDateTimeOffset("NextEvaluation")?.Year);
    }

    [Fact]
    public void Two_closed_bills_make_no_column_that_the_version_before_this_one_could_not_read()
    {
        var ledger = PastPlay.Closed(AccountLedger.Open(new AccountId("10-0001")), 1, 2);

        Assert.True(LedgerPast.Empty.After(ledger).IsEmpty);
        Assert.False(LedgerPast.Empty.After(PastPlay.Closed(ledger, 3, 3)).IsEmpty);
    }

    [Fact]
    public void However_many_bills_there_were_the_columns_are_few_enough_and_none_is_too_long()
    {
        var ledger = AccountLedger.Open(new AccountId("10-0001"));
        var past = LedgerPast.Empty;
        for (var number = 1; number <= 400; number++)
        {
            ledger = PastPlay.Closed(ledger, number, number);
            past = past.After(ledger);
        }

        Assert.InRange(past.Parts.Count, 10, LedgerPast.Most);
        Assert.All(past.Parts, part => Assert.InRange(part!.Text.Length, 1, LongText.PropertySize));
        Assert.Equal(LeanJson.Serialize(ledger), LeanJson.Serialize(past.ApplyTo(past.Without(ledger))));
        Assert.Equal(LeanJson.Serialize(ledger), LeanJson.Serialize(Again(past).ApplyTo(past.Without(ledger))));
    }

    [Fact]
    public void A_row_that_is_too_long_for_an_entity_is_refused_with_what_closed_long_ago_counted()
    {
        var ledger = PastPlay.Closed(AccountLedger.Open(new AccountId("10-0001")), 1, 12);
        var before = new LedgerEntry(ledger, "tag", Books.Now) { Stored = Stored(LedgerPast.Empty.After(ledger)) };
        var long_ = ledger with { KnownPayer = new string('x', LongText.MostCharacters - 2_000) };

        var refused = Assert.Throws<InvalidOperationException>(() => RowOf(before, long_));

        Assert.Contains("characters for Ledger", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_has_the_ledger_in_one_piece()
    {
        var account = Books.AccountsIn(books.NewBucket(), 1)[0];
        var entry = await books.SaveOneAsync(Books.Save(Books.None(account), null, Books.Enrolled()));
        var save = Books.Save(entry, null, Books.Enrolled("east"));
        entry = await books.SaveOneAsync(save with { After = PastPlay.Closed(save.After, 1, 12) });
        var bucket = Bucket.Of(account);
        var row = await books
            .Clients.Table(LedgerKeys.Table(bucket))
            .GetEntityAsync<TableEntity>(LedgerKeys.Partition(bucket), LedgerKeys.Account(account));
        Assert.NotEmpty(ColumnsOf(row.Value));

        var filed = LedgerRows.Filed(bucket, row.Value);

        Assert.Empty(ColumnsOf(filed.Row));
        Assert.Equal(2, filed.Row.GetInt32("Schema"));
        Assert.Contains("B-0012", LongText.Read(filed.Row, "Ledger"), StringComparison.Ordinal);
        filed.Row.ETag = row.Value.ETag;
        Assert.Equal(
            LeanJson.Serialize(entry.Ledger with { Schema = AccountLedger.PlainSchema }),
            LeanJson.Serialize(LedgerRows.ToEntry(filed.Row).Ledger)
        );
    }

    private static StoredLedger Stored(LedgerPast past) => new(UnfiledHistory.Empty, past);

    private static TableEntity RowOf(LedgerEntry before, AccountLedger after)
    {
        var save = Books.Save(before, Books.Now, Books.Enrolled("east")) with { After = after };
        var (actions, _) = LedgerRows.ToActions(Bucket.Of(after.Id), save);
        Assert.Equal(TableTransactionActionType.UpdateMerge, actions[0].ActionType);
        return (TableEntity)actions[0].Entity;
    }

    private static List<string> ColumnsOf(TableEntity row) => [.. row.Keys.Where(LedgerPast.IsColumn)];

    private static LedgerPast Again(LedgerPast past)
    {
        TableEntity row = [];
        past.Write(row, LedgerPast.Empty);
        return LedgerPast.Read(row);
    }
}
