using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Reconciling;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>Does one act: as finance, as the clerk with the files, as time, or as what goes wrong.</summary>
internal sealed class SimActs(SimWorld world)
{
    private static readonly CycleNumber[] BothCycles = [new(1), new(2)];
    private readonly BillingSystem billing = new(world);
    private readonly Clerk clerk = new(world);
    private readonly DecisionActs decisions = new(world);
    private FileActs? files;
    private ReleaseActs? releases;
    private NoticeActs? notices;
    private ProtectionActs? protections;

    public ReleaseActs Releases => releases ??= new ReleaseActs(world, this);

    public NoticeActs Notices => notices ??= new NoticeActs(world, this);

    public ProtectionActs Protections => protections ??= new ProtectionActs(world, this, billing);

    public Clerk Clerk => clerk;

    private FileActs Files => files ??= new FileActs(world, billing, clerk);

    public void Enrol() => Files.Enrol();

    public void Play(Act act)
    {
        switch (act.Kind)
        {
            case <= ActKind.WrongBalance:
                Files.Play(act);
                break;
            case <= ActKind.Nothing:
                PlayTime(act);
                break;
            case <= ActKind.CheckInvariants:
                PlayTimers(act);
                break;
            case <= ActKind.Resume:
                PlayFinance(act);
                break;
            case <= ActKind.Reverse:
                PlayPeople(act);
                break;
            case <= ActKind.Dismiss:
                decisions.Play(act);
                break;
            case <= ActKind.Terminate:
                PlayFaults(act);
                break;
            case <= ActKind.StopRelease:
                Releases.Play(act);
                break;
            case <= ActKind.WithdrawNotice:
                Notices.Play(act);
                break;
            default:
                Protections.Play(act);
                break;
        }
    }

    public void Change(ControlChange change, string why)
    {
        var worker = world.AnyWorker();
        worker.Start(
            $"{change.GetType().Name}: {why}",
            () =>
                worker
                    .Verb<ChangeControls>()
                    .RunAsync(change, worker.Verb<CityClock>().Authority("finance", why), CancellationToken.None)
        );
    }

    /// <summary>
    /// Finance clears cycles; it takes effect when the files that arrived before are applied or set aside (R26).
    /// </summary>
    /// <param name="thinksBetter">It is taken back when the answer says that it waits for files.</param>
    public void Clear(IReadOnlyList<CycleNumber> cycles, string why, bool thinksBetter = false)
    {
        world.Customers.ClearIsAsked(why);
        var (worker, cleared) = (world.AnyWorker(), new BacklogCleared(cycles, new Dictionary<string, DateOnly>()));
        worker.Start(
            $"clear: {why}",
            async () =>
            {
                var authority = worker.Verb<CityClock>().Authority("finance", why);
                var answer = await worker.Verb<ClearBacklog>().RunAsync(cleared, authority, CancellationToken.None);
                if (answer.WaitsFor.Count > 0 && thinksBetter)
                {
                    await worker
                        .Verb<ChangeControls>()
                        .RunAsync(new BacklogReopened(cycles), authority, CancellationToken.None);
                }
            }
        );
    }

    public void Sweep(bool everyBucket)
    {
        if (world.Mutant == Mutant.DeletesTheMessageFirst)
        {
            world.AskForEveryBucket();
            return;
        }

        var worker = world.AnyWorker();
        var reach = everyBucket ? SweepReach.Due : SweepReach.Wanted;
        worker.Start("sweep", () => worker.Verb<RunSweep>().RunAsync(reach, "sweep", CancellationToken.None));
    }

    public void Reconcile()
    {
        var worker = world.AnyWorker();
        worker.Start("reconcile", () => worker.Verb<Reconcile>().RunAsync(null, "test", CancellationToken.None));
    }

    private void PlayTime(Act act) =>
        world.MoveTo(
            act.Kind switch
            {
                ActKind.Minutes => world.Time.GetUtcNow().AddMinutes(act.Pick % 30),
                ActKind.Hours => world.Time.GetUtcNow().AddHours(act.Pick % 30),
                ActKind.DueDate => ChargingWorld.City.ToUtc(world.Now.Today.AddDays(1), new TimeOnly(6, 2)),
                ActKind.Days => world.Time.GetUtcNow().AddDays(act.Pick % 9),
                _ => world.Time.GetUtcNow(),
            }
        );

    private void PlayTimers(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.Reconcile:
                Reconcile();
                break;
            case ActKind.CheckInvariants:
                Any(act.Pick)
                    .Start(
                        "check invariants",
                        () => Any(act.Pick).Verb<CheckInvariants>().RunAsync("test", CancellationToken.None)
                    );
                break;
            default:
                Sweep(act.Kind == ActKind.DueDateRun);
                break;
        }
    }

    private void PlayFinance(Act act)
    {
        CycleNumber[] cycles = (act.Pick % 3) switch
        {
            0 => [new(1)],
            1 => [new(2)],
            _ => BothCycles,
        };
        if (act.Kind == ActKind.Clear)
        {
            ClearBesideAFile(act, cycles);
            return;
        }

        var from = world.Now.Today.AddDays((act.Pick % 10) - 4);
        ControlChange? change = act.Kind switch
        {
            ActKind.Hold or ActKind.Merge => new DeferralDeclared(
                new DeferralId($"d{act.Number}"),
                cycles,
                from,
                from.AddDays(act.Cents % 25),
                act.Kind == ActKind.Hold ? DeferralAction.Hold : DeferralAction.Merge,
                null
            ),
            ActKind.Reopen => new BacklogReopened(Clearing is { Count: > 0 } clearing ? clearing : cycles),
            ActKind.Withdraw => world.Controls.Current.Deferrals is { Count: > 0 } all
                ? new DeferralWithdrawn(all[act.Pick % all.Count].Id)
                : null,
            ActKind.Halt => new ChargingHalted(),
            _ => new ChargingResumed(),
        };
        if (change is not null)
        {
            Change(change, $"act {act.Number}");
        }
    }

    // Often the counter's last file is under way when finance clears.
    private void ClearBesideAFile(Act act, IReadOnlyList<CycleNumber> cycles)
    {
        if (act.Pick % 2 == 0)
        {
            Files.Play(act with { Kind = ActKind.Payment });
            for (var steps = 0; steps < act.Cents % 12 && world.TryStep(); steps++) { }
        }

        Clear(cycles, $"act {act.Number}", thinksBetter: act.Cents % 2 == 0);
    }

    // What finance would take back: a clear that waits for files.
    private List<CycleNumber> Clearing =>
        [
            .. world
                .Controls.Current.Backlog.Where(backlog => backlog.Clearing is not null)
                .Select(backlog => backlog.Cycle),
        ];

    private void PlayPeople(Act act)
    {
        var (bill, account) = Chosen(act);
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
        worker.Start($"{act.Kind} {account} {bill}", () => AskAsync(worker, act.Kind, account, command, why));
    }

    // Half of the time somebody who reads the work list: a blocked bill, a debit in review.
    private (string Bill, AccountId Account) Chosen(Act act)
    {
        var listed = (
            from ledger in world.Ledgers.Ledgers
            from bill in ledger.Bills
            where IsListed(act.Kind, ledger, bill)
            select (bill.Id.Value, ledger.Id)
        ).ToList();
        var known = billing.Bills.Count == 0 ? null : billing.Bills[act.Pick % billing.Bills.Count];
        return listed.Count > 0 && act.Cents % 4 > 0
            ? listed[act.Pick % listed.Count]
            : (known?.Id ?? "none", known?.Account ?? SimWorld.Account(act));
    }

    private static bool IsListed(ActKind kind, AccountLedger ledger, Bill bill) =>
        kind switch
        {
            ActKind.Rearm => bill.Open.IsPositive && (bill.Skipped || bill.Blocked is not null),
            ActKind.AutopayOn => !ledger.AutopayIsOn,
            ActKind.Approve or ActKind.Cancel => ledger.LiveDebitOf(bill.Id) is { State: DebitState.NeedsReview },
            _ => false,
        };

    private async Task AskAsync(
        Worker worker,
        ActKind kind,
        AccountId account,
        Func<Moment, LedgerCommand> command,
        string why
    )
    {
        var authority = worker.Verb<CityClock>().Authority("clerk", why);
        if (kind != ActKind.AutopayOn)
        {
            var answer = await worker
                .Verb<ChangeAccount>()
                .RunAsync(account, command, authority, CancellationToken.None);
            if (kind == ActKind.AutopayOff && answer is not null)
            {
                world.Customers.OptedOut(account);
            }

            return;
        }

        world.Customers.SwitchOnBegins(account);
        try
        {
            await worker.Verb<ChangeAccount>().RunAsync(account, command, authority, CancellationToken.None);
        }
        finally
        {
            world.Customers.SwitchOnEnds(account);
        }
    }

    private void PlayFaults(Act act)
    {
        var until = world.Time.GetUtcNow().AddMinutes(act.Cents % 180);
        switch (act.Kind)
        {
            case ActKind.FailNext:
                world.Scheduler.Faults.Arm(
                    act.Pick % 2 == 0 ? Port.Provider : (Port)(act.Cents % 2),
                    (Fault)((act.Pick / 10 % 6) + 1),
                    act.Cents % 15
                );
                break;
            case ActKind.TableAway:
                world.Scheduler.Faults.Away(Port.Table, Fault.LostBefore, until.AddMinutes(-60));
                break;
            case ActKind.QueueAway:
                world.Scheduler.Faults.Away(Port.Queue, Fault.LostBefore, until);
                break;
            case ActKind.ProviderAway:
                world.Scheduler.Faults.Away(
                    Port.Provider,
                    act.Pick % 2 == 0 ? Fault.ErrorBefore : Fault.LostBefore,
                    until
                );
                break;
            case ActKind.TooManyRequests:
                world.Scheduler.Faults.Away(Port.Provider, Fault.NotYet, until.AddMinutes(-100));
                break;
            case ActKind.RefuseConfirm:
                RefuseConfirms(act);
                break;
            case ActKind.Crash:
                Any(act.Pick).Crash();
                break;
            case ActKind.CrashAtConfirm:
                world.CrashAtConfirm();
                break;
            case ActKind.Freeze:
                Any(act.Pick).FrozenUntil = world.Time.GetUtcNow().AddMinutes(act.Cents % 60);
                break;
            case ActKind.Skew:
                Any(act.Pick).Skew = TimeSpan.FromMinutes((act.Cents % 21) - 10);
                break;
            case ActKind.EmptyQueues:
                world.Queue.Empty();
                break;
            case ActKind.RepeatMessages:
                world.Queue.Repeat();
                break;
            case ActKind.LoseWebhooks:
                world.LoseWebhooks(act.Pick % 6);
                break;
            case ActKind.Terminate:
                Any(act.Pick).Terminate();
                break;
            default:
                world.RepeatWebhooks(act.Pick % 6);
                break;
        }
    }

    private void RefuseConfirms(Act act)
    {
        string[] whys = ["the intent cannot be confirmed", "the payment method is detached", "the mandate is inactive"];
        var why = act.Pick % whys.Length;
        world.RefuseConfirms(whys[why], ofTheMethod: why > 0, (act.Cents % 3) + 1);
    }

    private RequestRefund Refund(Act act, AccountId account, Moment now)
    {
        var collected =
            world
                .Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account)
                ?.Debits.LastOrDefault(debit => debit.Kept.IsPositive)
                ?.Id
            ?? new DebitId(account, 1, 1);
        Money? part = act.Kind == ActKind.Reverse || act.Pick % 2 == 0 ? null : new Money(act.Cents + 1);
        return new RequestRefund(
            collected,
            $"rf{act.Number}",
            act.Kind == ActKind.Reverse ? RefundKind.Reversal : RefundKind.Refund,
            part,
            $"act {act.Number}",
            now
        );
    }

    private DebitId Reviewed(AccountId account) =>
        world
            .Ledgers.Ledgers.FirstOrDefault(ledger => ledger.Id == account)
            ?.Debits.FirstOrDefault(debit => debit.State == DebitState.NeedsReview)
            ?.Id
        ?? new DebitId(account, 1, 1);

    private Worker Any(int pick) => world.Workers[pick % world.Workers.Count];
}
