using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

/// <summary>
/// Of how many known accounts that can be charged a file changes by which means, and up to which cap. Who had no
/// payment method is newly enrolled, and does not count.
/// </summary>
/// <param name="Accounts">Each once, whatever of it is changed.</param>
public sealed record MethodChanges(int Accounts, int Customers, int PaymentMethods, int Mandates, int Caps)
{
    /// <summary>Accounts that other files have changed within 24 hours before, and nobody else has approved.</summary>
    public int Earlier { get; init; }

    /// <summary>With those files: splitting a file in two needs the second person all the same.</summary>
    [JsonIgnore]
    public int InADay => Accounts + Earlier;

    public static MethodChanges None { get; } = new(0, 0, 0, 0, 0);

    public static MethodChanges Of(Enrolment before, Enrolment after)
    {
        if (!before.CanBeCharged)
        {
            return None;
        }

        var changes = new MethodChanges(
            0,
            One(before.Customer != after.Customer),
            One(before.PaymentMethod != after.PaymentMethod),
            One(before.Mandate != after.Mandate),
            One(before.MaxDebit != after.MaxDebit)
        );
        return changes == None ? None : changes with { Accounts = 1 };
    }

    public static MethodChanges operator +(MethodChanges left, MethodChanges right) =>
        new(
            left.Accounts + right.Accounts,
            left.Customers + right.Customers,
            left.PaymentMethods + right.PaymentMethods,
            left.Mandates + right.Mandates,
            left.Caps + right.Caps
        );

    public override string ToString() =>
        $"{Accounts} known accounts: {Customers} provider customers, {PaymentMethods} payment methods, {Mandates} "
        + $"mandates, {Caps} caps"
        + (Earlier == 0 ? "" : $"; other files have changed {Earlier} more within 24 hours before");

    private static int One(bool isChanged) => isChanged ? 1 : 0;
}
