namespace Microsoft.ML.Transforms;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations (Golub and Van Loan, section 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 50; // a handful is enough
    private const double Tolerance = 1e-14;

    /// <summary>Decomposes a matrix, which is used up. The eigenvectors are the columns.</summary>
    public static (double[] Values, double[,] Vectors) Decompose(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var vectors = new double[size, size];
        for (int i = 0; i < size; i++)
            vectors[i, i] = 1;
        for (int sweep = 0; sweep < MostSweeps && !IsDiagonal(matrix); sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, p, q);
            }
        }
        return ([.. Enumerable.Range(0, size).Select(i => matrix[i, i])], vectors);
    }

    private static bool IsDiagonal(double[,] matrix)
    {
        double off = 0;
        double all = 0;
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(0); j++)
            {
                double square = matrix[i, j] * matrix[i, j];
                all += square;
                off += i == j ? 0 : square;
            }
        }
        return off <= Tolerance * Tolerance * all;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
            return;
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        int size = matrix.GetLength(0);
        for (int i = 0; i < size; i++)
            (matrix[i, p], matrix[i, q]) = Turn(matrix[i, p], matrix[i, q]);
        for (int i = 0; i < size; i++)
            (matrix[p, i], matrix[q, i]) = Turn(matrix[p, i], matrix[q, i]);
        for (int i = 0; i < size; i++)
            (vectors[i, p], vectors[i, q]) = Turn(vectors[i, p], vectors[i, q]);

        (double, double) Turn(double a, double b) => (cosine * a - sine * b, sine * a + cosine * b);
    }
}
