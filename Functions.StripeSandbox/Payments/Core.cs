using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>What every part of the payments needs. `Strict`: only ids that were made here count as existing.</summary>
internal sealed record Core(SandboxState State, SandboxClock Clock, EventLog Events, bool Strict);

/// <summary>Who pays, with what, by which permission.</summary>
internal sealed record Accounts(Customers Customers, PaymentMethods Methods, Mandates Mandates);

/// <summary>The ways in which money moves.</summary>
internal sealed record Money(Charges Charges, Refunds Refunds, Disputes Disputes, Payouts Payouts);
