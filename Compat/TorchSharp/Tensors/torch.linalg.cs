using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Decompositions.</summary>
    public static partial class linalg
    {
        /// <summary>input = U · diag(S) · Vh; S descends.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Op.linalg_svd.CallMany(input, fullMatrices) is [var u, var s, var vh] ? (u, s, vh) : throw new InvalidOperationException();

        public static Tensor svdvals(Tensor input) => Op.linalg_svdvals.Call(input);

        /// <summary>Eigenvalues, ascending, and eigenvectors of a symmetric matrix, of which one half is read.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Op.linalg_eigh.CallPair(input, UPLO.ToString());
    }
}
