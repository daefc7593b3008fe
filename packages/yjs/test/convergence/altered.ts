/** An object with some methods of another. */
export function altered<P extends object>(whole: P, methods: Partial<P>): P {
  return new Proxy(whole, {
    get(target, name) {
      const member: unknown = Reflect.get(Object.hasOwn(methods, name) ? methods : target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}
