namespace Autopay.StripeSandbox;

/// <summary>
/// What an ACH confirm gets that names no mandate and brings no acceptance, when the sandbox knows of none for the
/// customer's payment method.
/// </summary>
public enum MissingMandate
{
    /// <summary>
    /// As Stripe: 400 without a code, "requires a mandate, but no existing mandate was found". The intent stays
    /// untouched.
    /// </summary>
    Refused,

    /// <summary>
    /// 400 `payment_intent_mandate_invalid`, what Stripe says of a mandate that it cannot use. The intent stays
    /// untouched.
    /// </summary>
    Invalid,

    /// <summary>
    /// The payment method counts as saved with a mandate before the sandbox began, as a SetupIntent does it; Stripe
    /// debits under that one.
    /// </summary>
    Saved,
}
