using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// A few files about 30 accounts, spread over the buckets, with rows that the books cannot take as they are.
/// </summary>
internal static class ImportRows
{
    public const int Accounts = 30;

    public static (ImportKind Kind, string[] Rows)[] Files { get; } =
    [
        (
            ImportKind.Accounts,
            [
                .. Numbers.Select(number =>
                    $"A{number},{1 + (number % 4)},west,{(number % 7 == 0 ? "off" : "on")},cus_{number},pm_{number},,,"
                ),
            ]
        ),
        (
            ImportKind.Bills,
            [
                .. Numbers.Select(January),
                "B-stray,A999,1,2020-01-08,2020-01-22,2020-01-29,10.00,0.00,10.00",
                .. Numbers.Select(February),
            ]
        ),
        (
            ImportKind.Payments,
            [
                .. Numbers.Where(number => number % 3 == 0).Select(Payment),
                "P-stray-1,A998,10.00,cash,,2020-01-10,",
                "P-stray-2,A999,7.50,card,,2020-01-11,",
            ]
        ),
        (
            ImportKind.PaymentReversals,
            ["P3,A3,bounced", "P4,A4,never posted", "P6,A6,bounced", "P9,A999,bounced", "P-stray-2,A999,bounced"]
        ),
        (
            ImportKind.BillAdjustments,
            [
                "J1,A1,B1-01,-5.00,leak",
                "J2,A2,B2-09,-5.00,no such bill",
                "J5,A5,B5-02,3.00,misread",
                "J8,A8,B8-09,-900.00,no such bill either",
                "J9,A999,B1,1.00,stray",
            ]
        ),
        (
            ImportKind.Balances,
            [
                "A1,B1-01,0.00,2020-01-13",
                "A2,B2-01,500.00,2020-01-13",
                "A10,B10-01,30.00,2020-01-13",
                "A999,B1,1.00,2020-01-13",
            ]
        ),
    ];

    private static IEnumerable<int> Numbers => Enumerable.Range(1, Accounts);

    private static string January(int number) =>
        $"B{number}-01,A{number},{1 + (number % 4)},2020-01-08,2020-01-22,2020-01-29,{20 + number}.00,0.00,"
        + $"{20 + number}.00";

    private static string February(int number) =>
        $"B{number}-02,A{number},{1 + (number % 4)},2020-02-05,2020-02-19,2020-02-26,15.00,{20 + number}.00,"
        + $"{35 + number}.00";

    private static string Payment(int number) =>
        $"P{number},A{number},{number}.25,cash,D1,2020-01-10,{(number % 2 == 0 ? $"B{number}-02" : "")}";
}
