using System.Text.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Autopay.Tests.Fixtures;
using Azure.Data.Tables;

namespace Autopay.Tests.App.Storage;

/// <summary>
/// What happened in steps of a walk stays in the ledger row until a save files it: no operation is lost, told twice or
/// taken for another one.
/// </summary>
public sealed class UnfiledHistoryTests(AzuriteFixture azurite) : IAsyncLifetime
{
    // Of each test: a city of tests has few buckets, and each wants an empty one.
    private readonly Books books = new(azurite);

    public ValueTask InitializeAsync() => books.InitializeAsync();

    public ValueTask DisposeAsync() => books.DisposeAsync();

    private static readonly DateOnly Today = new(2020, 1, 22);

    [Fact]
    public async Task A_step_writes_the_ledger_row_alone_and_a_save_that_is_none_files_all_in_one_row()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        books.Watch.Forget();

        entry = await StepAsync(entry, Planned(account));
        entry = await StepAsync(entry, Locked(account));
        Assert.Equal([$"e|{account}|00000001"], await KeysAsync(account, "e|"));
        await ThenIsAsync(entry, operations: 3);
        entry = await books.SaveOneAsync(Books.Save(entry, Books.Now.AddDays(5), Submitted(account)));

        Assert.Equal([$"e|{account}|00000001", $"e|{account}|00000004"], await KeysAsync(account, "e|"));
        await ThenIsAsync(entry, operations: 4);
        var history = await books.HistoryAsync(account);
        Assert.Equal(
            ["attemptPlanned", "attemptLocked", "attemptSubmitted"],
            history.Skip(1).Select(row => EventFacts.Of(Assert.Single(row.Events)).Kind)
        );
        Assert.Equal(4, history.Select(row => row.OperationId).Distinct().Count());
        Assert.All(history, row => Assert.Equal(Books.Because("a test asks"), row.Authority));
    }

    [Fact]
    public async Task The_ledger_column_stays_while_a_charge_is_in_hand_and_what_is_read_is_the_ledger_as_it_is()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        var before = (await RowAsync(account)).GetString("Ledger");

        entry = await StepAsync(entry, Planned(account));
        entry = await StepAsync(entry, Locked(account));

        Assert.Equal(before, (await RowAsync(account)).GetString("Ledger"));
        Assert.Equal(AttemptPhase.Locked, (await LoadAsync(account)).Ledger.Debits[0].LivingAttempt!.Phase);

        // A look that moves writes the row whole, and files nothing.
        entry = await books.SaveOneAsync(Books.Save(entry, Books.Now.AddMinutes(2)));
        Assert.NotEqual(before, (await RowAsync(account)).GetString("Ledger"));
        await ThenIsAsync(entry, operations: 3);
        Assert.Equal(Books.Now.AddMinutes(2), (await LoadAsync(account)).NextEvaluation);
        Assert.Single(await KeysAsync(account, "e|"));
    }

    [Fact]
    public async Task A_lost_answer_to_a_step_is_recognised_as_our_own_and_not_written_twice()
    {
        var accounts = Books.AccountsIn(books.NewBucket(), 2);
        var entries = (await books.SaveAsync([.. accounts.Select(Scheduled)])).Select(it => it.Entry!).ToList();
        books.Watch.LoseNextAnswer();

        var results = await books.SaveAsync([.. entries.Select(it => Step(it, Planned(it.Ledger.Id)))]);

        Assert.All(results, result => Assert.Equal(2, result.Entry!.Ledger.Operations));
        Assert.Equal((await LoadAsync(accounts[1])).Tag, results[1].Entry!.Tag);
        Assert.Equal([1, 2], (await books.HistoryAsync(accounts[0])).Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_step_that_was_filed_by_somebody_else_since_is_recognised_and_another_one_is_not()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        var (ours, another) = (Step(entry, Planned(account)), Step(entry, Planned(account)));
        var after = await books.SaveOneAsync(ours);
        Assert.True(Assert.Single(await books.SaveAsync(another)).IsConflict);

        after = await books.SaveOneAsync(Books.Save(after, null, Books.Opened("B-2")));

        Assert.Equal(after.Tag, Assert.Single(await books.SaveAsync(ours)).Entry!.Tag);
        Assert.True(Assert.Single(await books.SaveAsync(another)).IsConflict);
        Assert.Equal([1, 2, 3], (await books.HistoryAsync(account)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task More_than_eight_operations_are_filed_and_so_is_what_is_long()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        for (var number = 2; number <= 10; number++)
        {
            entry = await StepAsync(entry, Books.Enrolled($"area {number}"));
            Assert.Equal(number == 10 ? 2 : 1, (await KeysAsync(account, "e|")).Count);
        }

        entry = await StepAsync(entry, Books.Enrolled(new string('x', 9_000)));
        Assert.Equal(3, (await KeysAsync(account, "e|")).Count);
        await ThenIsAsync(entry, operations: 11);
    }

    [Fact]
    public async Task The_outcome_brings_the_ledger_column_up_to_date_and_its_operation_waits_with_the_others()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        entry = await StepAsync(entry, Planned(account));
        entry = await StepAsync(entry, Locked(account));

        entry = await StepAsync(entry, Submitted(account));

        Assert.Contains("\"operations\":4,", (await RowAsync(account)).GetString("Ledger"), StringComparison.Ordinal);
        Assert.Single(await KeysAsync(account, "e|"));
        await ThenIsAsync(entry, operations: 4);
    }

    [Fact]
    public async Task A_ledger_that_gets_shorter_or_longer_in_steps_keeps_nothing_of_what_it_was()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        entry = await StepAsync(entry, Books.Enrolled("north"));
        foreach (var area in new[] { 40_000, 10, 100_000, 3, 40_000, 10 })
        {
            // Its events fit into the row, and its ledger does not fit into one column.
            entry = await books.SaveOneAsync(
                Step(entry, Books.Enrolled("east")) with
                {
                    After = entry.Ledger with
                    {
                        KnownPayer = new string('x', area),
                        Operations = entry.Ledger.Operations + 1,
                    },
                }
            );
            Assert.Equal(area, (await LoadAsync(account)).Ledger.KnownPayer!.Length);
        }

        entry = await StepAsync(entry, Planned(account));
        await ThenIsAsync(entry, operations: 9);
    }

    [Fact]
    public async Task A_step_that_inserts_a_bill_files_it_with_its_history()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));

        entry = await StepAsync(entry, Books.Opened("B-2"));

        Assert.Equal([$"e|{account}|00000001", $"e|{account}|00000002"], await KeysAsync(account, "e|"));
        await ThenIsAsync(entry, operations: 2);
    }

    [Fact]
    public async Task What_is_filed_between_the_two_reads_of_a_history_is_told_once()
    {
        var account = NewAccount();
        var entry = await StepAsync(await books.SaveOneAsync(Scheduled(account)), Planned(account));
        var moved = false;
        List<int> told = [];

        await foreach (var row in books.Ledgers.ReadHistoryAsync(account, CancellationToken.None))
        {
            told.Add(row.Sequence);
            if (!moved)
            {
                moved = true;
                await books.SaveOneAsync(Books.Save(entry, null, Books.Opened("B-2")));
            }
        }

        Assert.Equal([1, 2], told);
        Assert.Equal([1, 2, 3], (await books.HistoryAsync(account)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task A_history_of_an_account_that_was_just_loaded_has_what_is_not_filed_and_reads_its_row_no_more()
    {
        var account = NewAccount();
        await StepAsync(await books.SaveOneAsync(Scheduled(account)), Planned(account));
        var loaded = (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;
        books.Watch.Forget();

        var rows = await books.Ledgers.ReadHistoryAsync(loaded, CancellationToken.None).ToListAsync();

        Assert.Equal([1, 2], rows.Select(row => row.Sequence));
        Assert.Single(books.Watch.Requests);
    }

    // As the version before this one wrote it: everything named, the schema 1, a history row for each operation.
    [Fact]
    public async Task A_row_of_the_former_shape_is_read_and_the_first_step_writes_it_whole()
    {
        var account = NewAccount();
        var entry = await books.SaveOneAsync(Scheduled(account));
        var row = await RowAsync(account);
        var former = entry.Ledger with { Schema = 1 };
        row["Ledger"] = JsonSerializer.Serialize(former, LedgerJson.Default.AccountLedger);
        row["Schema"] = 1;
        row.Remove("InHand");
        await TableOf(account).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        var read = await LoadAsync(account);
        Assert.Equal(LeanJson.Serialize(former), LeanJson.Serialize(read.Ledger));

        entry = await StepAsync(read, Planned(account));

        Assert.Contains("\"schema\":2,", (await RowAsync(account)).GetString("Ledger"), StringComparison.Ordinal);
        Assert.Contains("Planned", (await RowAsync(account)).GetString("Ledger"), StringComparison.Ordinal);
        await ThenIsAsync(await StepAsync(entry, Locked(account)), operations: 3);
    }

    private AccountId NewAccount() => Books.AccountsIn(books.NewBucket(), 1)[0];

    internal static LedgerSave Scheduled(AccountId account) =>
        Books.Save(
            Books.None(account),
            Books.Now,
            Books.Enrolled(),
            Books.Opened("B-1"),
            new DebitScheduled(
                new Debit
                {
                    Id = new DebitId(account, 1, 1),
                    DueDate = Today,
                    Lines = [new DebitLine { Bill = new BillId("B-1") }],
                    State = DebitState.Scheduled,
                    Reason = "Bill imported",
                    ScheduledOn = new DateOnly(2020, 1, 8),
                },
                "Bill imported"
            )
        );

    internal static AttemptPlanned Planned(AccountId account) =>
        new(
            new Attempt
            {
                Debit = new DebitId(account, 1, 1),
                Number = 1,
                Amount = new Money(4120),
                Lines = [new AttemptLine(new BillId("B-1"), new Money(4120))],
                Customer = "cus_1",
                PaymentMethod = "pm_1",
                KeyAt = Books.Now.AddTicks(1),
                TouchedAt = Books.Now.AddTicks(1),
            },
            "Charging 41.20, attempt 1"
        );

    internal static AttemptLocked Locked(AccountId account) =>
        new(new DebitId(account, 1, 1), "pi_1", 1, Books.Now.AddSeconds(1), "The pre-charge check said yes")
        {
            On = Today,
        };

    private static AttemptSubmitted Submitted(AccountId account) =>
        new(new DebitId(account, 1, 1), Today, Books.Now.AddSeconds(2), "41.20 submitted to the bank");

    internal static LedgerSave Step(LedgerEntry before, params IReadOnlyList<LedgerEvent> events) =>
        Books.Save(before, before.NextEvaluation, events) with
        {
            MayWait = true,
        };

    private Task<LedgerEntry> StepAsync(LedgerEntry before, params IReadOnlyList<LedgerEvent> events) =>
        books.SaveOneAsync(Step(before, events));

    private async Task ThenIsAsync(LedgerEntry entry, int operations)
    {
        var stored = await LoadAsync(entry.Ledger.Id);
        Assert.Equal(LeanJson.Serialize(entry.Ledger), LeanJson.Serialize(stored.Ledger));
        Assert.Equal((operations, entry.Tag), (stored.Ledger.Operations, stored.Tag));
        Assert.Equal(
            Enumerable.Range(1, operations),
            (await books.HistoryAsync(entry.Ledger.Id)).Select(row => row.Sequence)
        );
    }

    private async Task<LedgerEntry> LoadAsync(AccountId account) =>
        (await books.Ledgers.LoadAsync(account, CancellationToken.None))!;

    private TableClient TableOf(AccountId account) => books.Clients.Table(LedgerKeys.Table(Bucket.Of(account)));

    private async Task<TableEntity> RowAsync(AccountId account) =>
        (
            await TableOf(account)
                .GetEntityAsync<TableEntity>(LedgerKeys.Partition(Bucket.Of(account)), LedgerKeys.Account(account))
        ).Value;

    private async Task<List<string>> KeysAsync(AccountId account, string prefix) =>
        await TableOf(account)
            .QueryAsync<TableEntity>(select: ["RowKey"])
            .Select(row => row.RowKey)
            .Where(key => key.StartsWith($"{prefix}{account}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToListAsync();
}
