/** Only the development server comes here: the real one answers addresses of faces alone. */
export function NotHere() {
  return <p className="p-8">There is nothing at this address. 此地址没有内容。</p>;
}
