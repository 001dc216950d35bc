using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// Payment methods come from their ids: the test ids of Stripe, and any plausible other. A test id stays usable as it
/// is (Stripe makes a copy behind the scenes); attaching one to a customer makes a new id with the same bank behind it.
/// </summary>
internal sealed class PaymentMethods(Core core)
{
    private static readonly BankAccountBlock BlockedBefore = new("R16", "bank_account_frozen");

    public PaymentMethod Resolve(string id, string? param)
    {
        if (core.State.PaymentMethods.Find(id) is { } known)
        {
            return known;
        }
        return Ids.IsPlausible(id, "pm") && (IsShared(id) || !core.Strict)
            ? core.State.PaymentMethods.Put(Make(id, id))
            : throw RefusedException.Missing("PaymentMethod", id, param);
    }

    public BankScript BankBehind(PaymentMethod method) => BankScript.For(core.State.TestIdOf(method));

    public PaymentMethod Attach(string id, string customer)
    {
        var method = Resolve(id, null);
        if (IsDetached(method))
        {
            throw RefusedException.Parameter(
                "This PaymentMethod was previously used without being attached to a Customer or was detached from "
                    + "a Customer, and may not be used again.",
                "payment_method"
            );
        }
        if (IsShared(id))
        {
            method = Make(Ids.New("pm"), id);
            core.State.TestBanks.Put(new TestBank(method.Id, id));
        }
        var attached = core.State.PaymentMethods.Put(method with { Customer = customer });
        core.Events.Emit("payment_method.attached", attached);
        return attached;
    }

    /// <summary>For ever: a detached payment method pays nothing any more, and belongs to nobody again.</summary>
    public PaymentMethod Detach(string id)
    {
        var method = Resolve(id, null);
        if (IsShared(id))
        {
            throw RefusedException.Parameter(
                "The payment method you provided is not attached to a customer so detachment is impossible.",
                "payment_method"
            );
        }
        core.State.Detached.Put(new DetachedMethod(id));
        var detached = core.State.PaymentMethods.Put(method with { Customer = null });
        core.Events.Emit("payment_method.detached", detached, method);
        return detached;
    }

    /// <exception cref="RefusedException">The payment method was detached; the intent stays as it was.</exception>
    public void RefuseDetached(PaymentMethod method, PaymentIntent intent)
    {
        if (IsDetached(method))
        {
            throw RefusedException.State(
                null,
                "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, "
                    + "shared with a connected account "
                    + "without Customer attachment, or was detached from a Customer. It may not be used again. To "
                    + "use a PaymentMethod multiple times, "
                    + "you must attach it to a Customer first.",
                intent
            );
        }
    }

    /// <summary>
    /// What a return does to the account: Stripe will not debit it again and says with which code it came back.
    /// </summary>
    public PaymentMethod Block(PaymentMethod method, ReturnCode code)
    {
        var blocked = method with
        {
            UsBankAccount = method.UsBankAccount! with
            {
                StatusDetails = new(new BankAccountBlock(code.Network, code.Decline)),
            },
        };
        return IsShared(method.Id) ? blocked : core.State.PaymentMethods.Put(blocked);
    }

    private bool IsDetached(PaymentMethod method) =>
        core.State.Detached.Find(method.Id) is not null || core.State.TestIdOf(method) == TroubledMethods.Detached;

    /// <summary>
    /// Test ids serve every customer at once: nothing that happens to one customer's copy may stick to them.
    /// </summary>
    private static bool IsShared(string id) =>
        id.StartsWith("pm_usBankAccount_", StringComparison.Ordinal)
        || id.StartsWith("pm_card_", StringComparison.Ordinal);

    private PaymentMethod Make(string id, string testId)
    {
        var script = BankScript.For(testId);
        var fingerprint = Ids.Derived(id, 16);
        return new PaymentMethod
        {
            Id = id,
            BillingDetails = new BillingDetails { Name = "Sandbox Customer", Email = "customer@example.com" },
            Card = script.IsCard ? new CardDetails { Fingerprint = fingerprint } : null,
            Created = core.Clock.UnixNow,
            Metadata = new Dictionary<string, string>(),
            Type = script.Type,
            UsBankAccount = script.IsCard
                ? null
                : new BankAccountDetails
                {
                    Fingerprint = fingerprint,
                    StatusDetails = new(testId == TroubledMethods.Blocked ? BlockedBefore : null),
                },
        };
    }
}
