namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>What an account's history begins with, in January 2020.</summary>
internal static class FirstEvents
{
    public static AccountEnrolled Enrolled(string area = "west") =>
        new(
            new Enrolment
            {
                Cycle = new CycleNumber(1),
                ServiceArea = area,
                Autopay = true,
                Customer = "cus_1",
                PaymentMethod = "pm_1",
            },
            null,
            "accounts file"
        )
        {
            FileAutopay = true,
            On = new DateOnly(2020, 1, 15),
        };

    public static BillOpened Opened(string id, long cents = 4120) =>
        new(
            new Bill
            {
                Id = new BillId(id),
                Cycle = new CycleNumber(1),
                BillDate = new DateOnly(2020, 1, 8),
                DueDate = new DateOnly(2020, 1, 22),
                PenaltyDate = new DateOnly(2020, 1, 29),
                CurrentCharges = new Money(cents),
                PreviousBalance = Money.Zero,
                TotalDue = new Money(cents),
            },
            "Bill imported"
        );

    public static FundsReceived Received(string id, long cents) =>
        new(
            new Funds
            {
                Id = new PaymentId(id),
                Source = FundsSource.BackPayment,
                Amount = new Money(cents),
                Channel = "cash",
                ReceivedOn = new DateOnly(2020, 1, 24),
                PostedOn = new DateOnly(2020, 2, 17),
            },
            "Payment"
        );
}
