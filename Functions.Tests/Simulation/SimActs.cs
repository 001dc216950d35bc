using System.Globalization;
using System.Text;
using Autopay.Application;
using Autopay.Domain;
using Autopay.Imports;
using Autopay.Tests.ChargeProtocol;

namespace Autopay.Tests.Simulation;

/// <summary>Does one act: as finance, as the clerk with the files, as time, or as what goes wrong.</summary>
internal sealed class SimActs(SimWorld world)
{
    private static readonly CycleNumber[] BothCycles = [new(1), new(2)];
    private readonly List<(ImportKind Kind, string Name, byte[] Content)> files = [];
    private readonly List<(string Bill, AccountId Account)> bills = [];
    private readonly List<AccountId> payers = [];

    public void Enrol() => Upload(ImportKind.Accounts, "accounts", [.. SimWorld.Accounts.Select((account, index) => AccountRow(account, index % 4 == 3 ? "150.00" : "", "pm_1"))]);

    /// <summary>Every file once more, as a clerk who does not know what became of them (I11).</summary>
    public void UploadAllAgain() => files.ToList().ForEach(Send);

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case <= ActKind.NewMethod: PlayFiles(act); break;
            case <= ActKind.Nothing: PlayTime(act); break;
            case <= ActKind.CheckInvariants: PlayTimers(act); break;
            case <= ActKind.Resume: PlayFinance(act); break;
            case <= ActKind.Reverse: PlayPeople(act); break;
            default: PlayFaults(act); break;
        }
    }

    public void Change(ControlChange change, string why)
    {
        var worker = Any(world.Scheduler.Random.Next(2));
        worker.Start($"{change.GetType().Name}: {why}", () => worker.Verb<ChangeControls>().RunAsync(change, worker.Verb<CityClock>().Authority("finance", why), CancellationToken.None));
    }

    public void Sweep(bool everyBucket)
    {
        if (world.Mutant == Mutant.DeletesTheMessageFirst)
        {
            world.AskForEveryBucket();
            return;
        }

        var worker = Any(world.Scheduler.Random.Next(2));
        worker.Start("sweep", () => worker.Verb<RunSweep>().RunAsync(everyBucket, "sweep", CancellationToken.None));
    }

    public void Reconcile()
    {
        var worker = Any(world.Scheduler.Random.Next(2));
        worker.Start("reconcile", () => worker.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None));
    }

    private void PlayFiles(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.Bills: Bill(act); break;
            case ActKind.Payment: Pay(act); break;
            case ActKind.Reversal when payers.Count > 0: Bounce(act); break;
            case ActKind.Adjustment when bills.Count > 0: Adjust(act); break;
            case ActKind.FileAgain when files.Count > 0: Send(files[act.Pick % files.Count]); break;
            case ActKind.NewMethod: Upload(ImportKind.Accounts, $"m{act.Number}", [AccountRow(Account(act), "", $"pm_{act.Number}")]); break;
            default: break;
        }
    }

    private void Bill(Act act)
    {
        List<string> rows = [];
        foreach (var (account, index) in SimWorld.Accounts.Select((account, index) => (account, index)))
        {
            var due = world.Now.Today.AddDays(act.Pick % 12);
            var bill = $"b{act.Number:000}-{index}";
            bills.Add((bill, account));
            var amount = Dollars(((act.Cents * (index + 3)) % 20_000) + 30);
            rows.Add($"{bill},{account},{CycleOf(account)},{due.AddDays(-14):yyyy-MM-dd},{due:yyyy-MM-dd},{due.AddDays(7):yyyy-MM-dd},{amount},0.00,{amount}");
        }

        Upload(ImportKind.Bills, $"bills {act.Number}", rows);
    }

    private void Pay(Act act)
    {
        var (bill, account) = bills.Count == 0 ? ("", Account(act)) : bills[act.Cents % bills.Count];
        payers.Add(account);
        Upload(ImportKind.Payments, $"p{act.Number}",
            [$"p{payers.Count},{account},{Dollars(act.Cents + 1)},cash,1,{TodayByEveryClock:yyyy-MM-dd},{(act.Pick % 3 == 0 ? bill : "")}"]);
    }

    // Sometimes the clerk names another account.
    private void Bounce(Act act)
    {
        var payment = act.Pick % payers.Count;
        Upload(ImportKind.PaymentReversals, $"r{act.Number}", [$"p{payment + 1},{(act.Cents % 4 == 0 ? Account(act) : payers[payment])},bounced"]);
    }

    private void Adjust(Act act)
    {
        var (bill, account) = bills[act.Pick % bills.Count];
        Upload(ImportKind.BillAdjustments, $"a{act.Number}", [$"a{act.Number},{account},{bill},{Dollars(act.Cents == 6_000 ? 1 : act.Cents - 6_000)},estimate"]);
    }

    private void PlayTime(Act act) => world.MoveTo(act.Kind switch
    {
        ActKind.Minutes => world.Time.GetUtcNow().AddMinutes(act.Pick % 30),
        ActKind.Hours => world.Time.GetUtcNow().AddHours(act.Pick % 30),
        ActKind.DueDate => ChargingWorld.City.ToUtc(world.Now.Today.AddDays(1), new TimeOnly(6, 2)),
        ActKind.Days => world.Time.GetUtcNow().AddDays(act.Pick % 9),
        _ => world.Time.GetUtcNow(),
    });

    private void PlayTimers(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.Reconcile: Reconcile(); break;
            case ActKind.CheckInvariants:
                Any(act.Pick).Start("check invariants", () => Any(act.Pick).Verb<CheckInvariants>().RunAsync("test", CancellationToken.None));
                break;
            default:
                Sweep(act.Kind == ActKind.DueDateRun);
                break;
        }
    }

    private void PlayFinance(Act act)
    {
        CycleNumber[] cycles = (act.Pick % 3) switch { 0 => [new(1)], 1 => [new(2)], _ => BothCycles };
        var from = world.Now.Today.AddDays((act.Pick % 10) - 4);
        ControlChange? change = act.Kind switch
        {
            ActKind.Hold or ActKind.Merge => new DeferralDeclared(new DeferralId($"d{act.Number}"), cycles, from, from.AddDays(act.Cents % 25), act.Kind == ActKind.Hold ? DeferralAction.Hold : DeferralAction.Merge, null),
            ActKind.Clear => new BacklogCleared(cycles, new Dictionary<string, DateOnly>()),
            ActKind.Reopen => new BacklogReopened(cycles),
            ActKind.Withdraw => world.Controls.Current.Deferrals is { Count: > 0 } all ? new DeferralWithdrawn(all[act.Pick % all.Count].Id) : null,
            ActKind.Halt => new ChargingHalted(),
            _ => new ChargingResumed(),
        };
        if (change is not null)
        {
            Change(change, $"act {act.Number}");
        }
    }

    // A clock may be ten minutes late, and nothing can have been received tomorrow (R35).
    private DateOnly TodayByEveryClock => ChargingWorld.City.At(world.Time.GetUtcNow().AddMinutes(-10)).Today;

    private void PlayPeople(Act act)
    {
        var (bill, account) = bills.Count == 0 ? ("none", Account(act)) : bills[act.Pick % bills.Count];
        var why = $"act {act.Number}";
        Func<Moment, LedgerCommand> command = act.Kind switch
        {
            ActKind.Skip => now => new SkipBill(new BillId(bill), why, now),
            ActKind.Rearm => now => new RearmBill(new BillId(bill), why, now),
            ActKind.AutopayOff => now => new SwitchAutopay(false, why, now),
            ActKind.AutopayOn => now => new SwitchAutopay(true, why, now),
            ActKind.Suspend => now => new SuspendAccount(why, now),
            ActKind.Lift => now => new LiftSuspension(why, now),
            ActKind.Approve => now => new ApproveDebit(Reviewed(account), why, now),
            ActKind.Refund or ActKind.Reverse => now => Refund(act, account, now),
            _ => now => new CancelDebit(Reviewed(account), why, now),
        };
        var worker = Any(act.Cents);
        worker.Start($"{act.Kind} {account} {bill}", () => worker.Verb<ChangeAccount>().RunAsync(account, command, worker.Verb<CityClock>().Authority("clerk", why), CancellationToken.None));
    }

    private void PlayFaults(Act act)
    {
        var until = world.Time.GetUtcNow().AddMinutes(act.Cents % 180);
        switch (act.Kind)
        {
            case ActKind.FailNext: world.Scheduler.Faults.Arm(act.Pick % 2 == 0 ? Port.Provider : (Port)(act.Cents % 2), (Fault)((act.Pick / 10 % 6) + 1), act.Cents % 15); break;
            case ActKind.TableAway: world.Scheduler.Faults.Away(Port.Table, Fault.LostBefore, until.AddMinutes(-60)); break;
            case ActKind.QueueAway: world.Scheduler.Faults.Away(Port.Queue, Fault.LostBefore, until); break;
            case ActKind.ProviderAway: world.Scheduler.Faults.Away(Port.Provider, act.Pick % 2 == 0 ? Fault.ErrorBefore : Fault.LostBefore, until); break;
            case ActKind.TooManyRequests: world.Scheduler.Faults.Away(Port.Provider, Fault.NotYet, until.AddMinutes(-100)); break;
            case ActKind.Crash: Any(act.Pick).Crash(); break;
            case ActKind.Freeze: Any(act.Pick).FrozenUntil = world.Time.GetUtcNow().AddMinutes(act.Cents % 60); break;
            case ActKind.Skew: Any(act.Pick).Skew = TimeSpan.FromMinutes((act.Cents % 21) - 10); break;
            case ActKind.EmptyQueues: world.Queue.Empty(); break;
            case ActKind.RepeatMessages: world.Queue.Repeat(); break;
            case ActKind.LoseWebhooks: world.LoseWebhooks(act.Pick % 6); break;
            case ActKind.Terminate: Any(act.Pick).Terminate(); break;
            default: world.RepeatWebhooks(act.Pick % 6); break;
        }
    }

    private void Upload(ImportKind kind, string name, IReadOnlyList<string> rows)
    {
        var text = string.Join("\n", [string.Join(",", kind.Columns()), .. rows, ""]);
        files.Add((kind, name, Encoding.UTF8.GetBytes(text)));
        Send(files[^1]);
    }

    private void Send((ImportKind Kind, string Name, byte[] Content) file)
    {
        var worker = Any(world.Scheduler.Random.Next(2));
        worker.Start($"upload {file.Name}", async () =>
        {
            using var content = new MemoryStream(file.Content);
            var receipt = await worker.Verb<ReceiveImport>().RunAsync(
                file.Kind, file.Name, content, new ExpectedTotals(null, null), worker.Verb<CityClock>().Authority("clerk", file.Name), CancellationToken.None);
            Assert.True(receipt.Check.IsGood, string.Join("; ", receipt.Check.Problems));
        });
    }

    private RequestRefund Refund(Act act, AccountId account, Moment now)
    {
        var collected = world.Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account)?.Debits.LastOrDefault(debit => debit.Kept.IsPositive)?.Id ?? new DebitId(account, 1, 1);
        Money? part = act.Kind == ActKind.Reverse || act.Pick % 2 == 0 ? null : new Money(act.Cents + 1);
        return new RequestRefund(collected, $"rf{act.Number}", act.Kind == ActKind.Reverse ? RefundKind.Reversal : RefundKind.Refund, part, $"act {act.Number}", now);
    }

    private DebitId Reviewed(AccountId account) =>
        world.Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account)?.Debits.FirstOrDefault(debit => debit.State == DebitState.NeedsReview)?.Id ?? new DebitId(account, 1, 1);

    private Worker Any(int pick) => world.Workers[pick % world.Workers.Count];

    private static AccountId Account(Act act) => SimWorld.Accounts[act.Pick % SimWorld.Accounts.Count];

    private static int CycleOf(AccountId account) => (SimWorld.Accounts.ToList().IndexOf(account) % 2) + 1;

    private static string AccountRow(AccountId account, string cap, string method) => $"{account},{CycleOf(account)},north,on,cus_{account},{method},,{cap},";

    private static string Dollars(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
